// The same stall, with clients who ask once.
// Must show that the line which the stall left shrinks by what the server can do more than it is asked, and is gone.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { stalled } from './storm.ts';

export const scenario: Scenario = stalled({
  name: 'no-retries',
  title: 'The server stalls for 5 seconds; a request is asked once.',
  clients: { ATTEMPTS: '1' },
  shows: ({ goodputAtEnd, recoveredAfterS }) => [
    between('seconds from the stall to the last loss', recoveredAfterS, 12, 28),
    between('answered a second in the last ten seconds', goodputAtEnd, 16, 24),
  ],
});
