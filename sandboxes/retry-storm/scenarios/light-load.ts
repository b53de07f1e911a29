// The same stall and the same three attempts, at 6 requests a second: three times 6 is less than 25.
// Must show that the storm ends by itself: even if every request is asked three times, the server keeps up.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { stalled } from './storm.ts';

export const scenario: Scenario = stalled({
  name: 'light-load',
  title: 'The server stalls for 5 seconds, at 6 requests a second.',
  clients: { RATE: '6' },
  shows: ({ goodputAtEnd, recoveredAfterS }) => [
    between('seconds from the stall to the last loss', recoveredAfterS, 5, 25),
    between('answered a second in the last ten seconds', goodputAtEnd, 3, 9),
  ],
});
