// A cut cable: silence. Neither end is told; both live on and find out by their own timeouts.
// Called by the door, for the deed 'cut'. Takes no account of packets under way: those still arrive.

import { NOTHING_TO_SEE, type Rule, type Verdict } from './rule.ts';

const DROP: Verdict = { kind: 'drop', reason: 'cut' };

/** Nothing passes. Add it to one direction for a one-way cut. */
export function cut(): Rule {
  return { judge: () => DROP, view: { ...NOTHING_TO_SEE, cut: true } };
}
