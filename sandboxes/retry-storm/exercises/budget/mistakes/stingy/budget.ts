// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends. Mistake: only every tenth request may be asked again, whatever was saved.
// Called by attempts.ts before every attempt of every request.

let requests = 0;

/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(attempt: number): boolean {
  if (attempt === 1) requests++;
  return attempt === 1 || requests % 10 === 0;
}
