// Two ways to the same place: some packets take the longer one, and those sent after them arrive before.
// Loses nothing. Called by faults.ts for the deed 'reorder'.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, PASS, type Rule } from './rule.ts';

/** With probability `chance` a packet is late by up to `lateMsMax` milliseconds and is overtaken by others. */
export function reorder(chance: number, lateMsMax: number): Rule {
  assert(chance >= 0 && chance <= 1, 'a chance lies between 0 and 1');
  const lateNsMax = Math.round(lateMsMax * 1e6);
  return {
    judge: (_packet, random) =>
      random.fraction() < chance
        ? { kind: 'delay', ns: 1 + random.below(Math.max(1, lateNsMax)), overtakes: true }
        : PASS,
    view: { ...NOTHING_TO_SEE, reorder: chance },
  };
}
