// A bad cable: each packet is lost with the same chance, apart from all others.
// Refuses bursts: chance has no memory. Called by the door, for the deed 'loss'.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, PASS, type Rule, type Verdict } from './rule.ts';

const DROP: Verdict = { kind: 'drop', reason: 'loss' };

/** Loses a packet with probability `chance`, 0 to 1. */
export function loss(chance: number): Rule {
  assert(chance >= 0 && chance <= 1, 'a chance lies between 0 and 1');
  return {
    judge: (_packet, random) => (random.fraction() < chance ? DROP : PASS),
    view: { ...NOTHING_TO_SEE, loss: chance },
  };
}
