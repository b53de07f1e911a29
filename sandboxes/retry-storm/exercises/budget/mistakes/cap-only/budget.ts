// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends. Mistake: limits each request by itself, not all retries together.
// Called by attempts.ts before every attempt of every request.

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  return attempt <= 2;
}
