// What is left of a grade for late work, by the steps of an assignment. Pure; assignment.ts refuses steps out of order.
// Used by score.ts.
import type { Assignment } from './assignment.ts';

/** Percent of the grade, from 0 to 100. `lateMs` of 0 or less is in time; exactly `afterHours` late is not yet after. */
export function percentLeft(late: Assignment['late'], lateMs: number): number {
  if (lateMs <= 0) return 100;
  return late.findLast((step) => lateMs > step.afterHours * 3_600_000)?.percent ?? 100;
}
