// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends, and makes no more than ATTEMPTS for one request whatever this file says. Every
// request earns a tenth of a retry, and no more than ten are ever saved up.
// Called by attempts.ts before every attempt of every request.

const EARNED_BY_A_REQUEST = 0.1;
const SAVED_MAX = 10;
let saved = SAVED_MAX;

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  if (attempt === 1) {
    saved = Math.min(SAVED_MAX, saved + EARNED_BY_A_REQUEST);
    return true;
  }
  if (saved < 1) return false;
  saved -= 1;
  return true;
}
