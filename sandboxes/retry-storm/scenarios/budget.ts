// The same stall, played with the solution of the exercise: retries are at most a tenth of the requests.
// Must show that the storm ends, somewhat later than without any retries.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { stalled } from './storm.ts';

export const scenario: Scenario = stalled({
  name: 'budget',
  title: 'The server stalls for 5 seconds; retries are at most a tenth of the requests.',
  solution: 'budget',
  untilMs: 60_000,
  shows: ({ goodputAtEnd, recoveredAfterS }) => [
    between('seconds from the stall to the last loss', recoveredAfterS, 18, 45),
    between('answered a second in the last ten seconds', goodputAtEnd, 16, 24),
  ],
});
