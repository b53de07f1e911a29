// The same stall, with a pause by chance before each further attempt: half a second in the mean, then a whole one.
// Must show that pauses spread the attempts but do not make them fewer, so that the storm stays.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { stalled } from './storm.ts';

export const scenario: Scenario = stalled({
  name: 'backoff',
  title: 'The server stalls for 5 seconds; clients pause by chance before they ask again.',
  clients: { BACKOFF_MS: '500' },
  shows: ({ goodputAtEnd, attemptsAtEnd }) => [
    between('answered a second in the last ten seconds', goodputAtEnd, 0, 0),
    between('attempts a second in the last ten seconds', attemptsAtEnd, 50, 70),
  ],
});
