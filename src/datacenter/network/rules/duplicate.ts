// A network that delivers some packets twice, as after a retransmission below IP. TCP throws the copy away,
// a UDP program sees it. Loses nothing, and copies no copy. Called by faults.ts for the deed 'duplicate'.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, PASS, type Rule, type Verdict } from './rule.ts';

const DUPLICATE: Verdict = { kind: 'duplicate' };

/** Delivers a packet twice with probability `chance`, 0 to 1. */
export function duplicate(chance: number): Rule {
  assert(chance >= 0 && chance <= 1, 'a chance lies between 0 and 1');
  return {
    judge: (_packet, random) => (random.fraction() < chance ? DUPLICATE : PASS),
    view: { ...NOTHING_TO_SEE, duplicate: chance },
  };
}
