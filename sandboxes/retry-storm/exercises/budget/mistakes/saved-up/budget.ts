// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends. Mistake: saves without limit, so that a calm time pays for a storm.
// Called by attempts.ts before every attempt of every request.

let saved = 10;

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  if (attempt === 1) {
    saved += 0.1;
    return true;
  }
  if (saved < 1) return false;
  saved -= 1;
  return true;
}
