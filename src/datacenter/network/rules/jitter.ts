// An uneven way: every packet takes up to so much longer, each by its own chance, in the same order.
// Refuses to reorder (see reorder.ts): a packet that is quick waits for the slow one before it.
// Called by faults.ts for the deed 'jitter', and by the fabric for links that the cluster describes so.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, type Rule } from './rule.ts';

/** Adds 0 to `jitterMs` milliseconds, evenly spread, to each packet of the direction. */
export function jitter(jitterMs: number): Rule {
  assert(jitterMs >= 0 && Number.isFinite(jitterMs), 'a jitter is a finite time and not negative');
  const nsMax = Math.round(jitterMs * 1e6);
  return {
    judge: (_packet, random) => ({ kind: 'delay', ns: random.below(nsMax + 1), overtakes: false }),
    view: { ...NOTHING_TO_SEE, jitterMs },
  };
}
