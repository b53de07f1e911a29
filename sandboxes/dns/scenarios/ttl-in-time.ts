// The TTL is lowered to one second more than the old TTL before the move: by then every cache has the short one.
// Must show that old is visited for one second at the longest.
import type { Scenario } from '../../_shared/check.ts';
import { turn } from './calm.ts';
import { moving } from './move.ts';

export const scenario: Scenario = moving({
  name: 'ttl-in-time',
  title: 'The TTL is lowered to one second seven seconds before the move.',
  before: [turn(9000, 'ns', { app: '@ 1 A 10.0.0.6' })],
  drainS: { least: 0.2, most: 1 },
});
