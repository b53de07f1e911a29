// The same stall, before a server that lets at most 12 wait and refuses the others at once: who is in line is answered
// within half a second. Must show that the storm ends with the stall.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { stalled } from './storm.ts';

export const scenario: Scenario = stalled({
  name: 'bounded-queue',
  title: 'The server stalls for 5 seconds; at most 12 requests wait in its line.',
  server: { QUEUE_MAX: '12' },
  shows: ({ goodputAtEnd, recoveredAfterS }) => [
    between('seconds from the stall to the last loss', recoveredAfterS, 3, 12),
    between('answered a second in the last ten seconds', goodputAtEnd, 16, 24),
  ],
});
