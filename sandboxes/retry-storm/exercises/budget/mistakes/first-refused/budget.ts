// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends. Mistake: with nothing saved it sends nothing at all, not even a first attempt.
// Called by attempts.ts before every attempt of every request.

let saved = 10;

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  if (attempt === 1) saved = Math.min(10, saved + 0.1);
  if (saved < 1) return false;
  if (attempt > 1) saved -= 1;
  return true;
}
