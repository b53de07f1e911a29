// When a question comes back: at uniform spacing, until it is known. Pure; the moment is an argument.
// An answer counts once its day has come; a right one before that is practice and moves nothing, a wrong one begins anew.
// Used by the pages /review/ and /progress/.
import type { Try } from './records.ts';

const spacingDays = 3;
export const rightInARow = 3;
const dayMs = 86_400_000;

/** The same in a sentence for readers. */
export const rule =
  'A question comes back three days after you answered it, until you have had it right three times in a row, each time when it was due: then it counts as known.';

export interface Standing {
  readonly known: boolean;
  /** Right answers in a row that count. */
  readonly streak: number;
  /** When it comes back; null once it is known. */
  readonly dueMs: number | null;
}

/** `tries` oldest first; `sinceMs` stands for an answer of which no outcome was kept. */
export function standing(tries: readonly Try[], sinceMs: number): Standing {
  let streak = 0;
  let dueMs = tries.length === 0 ? sinceMs + spacingDays * dayMs : 0;
  for (const { atMs, right } of tries) {
    if (streak >= rightInARow) break;
    if (right && atMs < dueMs) continue;
    streak = right ? streak + 1 : 0;
    dueMs = atMs + spacingDays * dayMs;
  }
  const known = streak >= rightInARow;
  return { known, streak, dueMs: known ? null : dueMs };
}

export function isDue({ dueMs }: Standing, nowMs: number): boolean {
  return dueMs !== null && dueMs <= nowMs;
}
