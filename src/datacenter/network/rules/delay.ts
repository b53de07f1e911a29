// A longer way: every packet arrives later by the same time, in the same order.
// Refuses to reorder (see reorder.ts). Called by the door, for the deed 'delay'.

import { assert } from '../../base/assert.ts';
import { NOTHING_TO_SEE, type Rule, type Verdict } from './rule.ts';

/** Adds `delayMs` (milliseconds, not negative) to each packet of the direction. */
export function delay(delayMs: number): Rule {
  assert(delayMs >= 0 && Number.isFinite(delayMs), 'a delay is a finite time and not negative');
  const verdict: Verdict = { kind: 'delay', ns: Math.round(delayMs * 1e6), overtakes: false };
  return { judge: () => verdict, view: { ...NOTHING_TO_SEE, delayMs } };
}
