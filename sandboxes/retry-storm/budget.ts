// May this attempt be sent? A first attempt, or another one after a failure.
// Decides only; attempts.ts sends, and makes no more than ATTEMPTS for one request whatever this file says. As it
// stands it always says yes: the exercise `budget` asks you to mend that.
// Called by attempts.ts before every attempt of every request.

// #region budget
/** `attempt` counts from 1 for each request. False: the request is given up. */
export function maySend(_attempt: number): boolean {
  return true;
}
// #endregion
