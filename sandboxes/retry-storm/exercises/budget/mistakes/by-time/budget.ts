// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends. Mistake: time earns retries, two a second, however few requests there are.
// Called by attempts.ts before every attempt of every request.

let saved = 10;
let lastMs = performance.now();

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  const nowMs = performance.now();
  saved = Math.min(10, saved + ((nowMs - lastMs) / 1000) * 2);
  lastMs = nowMs;
  if (attempt === 1) return true;
  if (saved < 1) return false;
  saved -= 1;
  return true;
}
