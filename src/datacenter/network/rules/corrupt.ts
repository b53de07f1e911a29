// A cable that turns bits over: some packets arrive with a wrong checksum, and the receiving kernel throws them
// away without a word (RFC 1122, 4.1.3.4 and 4.2.2.7). So it is a loss that only counters tell from others.
// Refuses to deliver wrong bytes. Called by faults.ts for the deed 'corrupt'.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, PASS, type Rule, type Verdict } from './rule.ts';

const DROP: Verdict = { kind: 'drop', reason: 'corrupt' };

/** Spoils a packet with probability `chance`, 0 to 1. */
export function corrupt(chance: number): Rule {
  assert(chance >= 0 && chance <= 1, 'a chance lies between 0 and 1');
  return {
    judge: (_packet, random) => (random.fraction() < chance ? DROP : PASS),
    view: { ...NOTHING_TO_SEE, corrupt: chance },
  };
}
