// The TTL is lowered to one second, half a second before the move: what lies in caches was given six, and keeps them.
// Must show that old is visited about as long as without lowering anything.
import type { Scenario } from '../../_shared/check.ts';
import { turn } from './calm.ts';
import { moving, TTL_S } from './move.ts';

export const scenario: Scenario = moving({
  name: 'ttl-too-late',
  title: 'The TTL is lowered to one second only half a second before the move.',
  before: [turn(15_500, 'ns', { app: '@ 1 A 10.0.0.6' })],
  drainS: { least: TTL_S - 2.5, most: TTL_S },
});
