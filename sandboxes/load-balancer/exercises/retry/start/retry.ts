// What to do when an app failed to answer: try another one, or give up?
// Decides only; forward.ts sends. As it stands it always gives up: the exercise `retry` asks you to mend that.
// Called by balancer.ts after each attempt that failed before any part of an answer reached the client.

export interface Failed {
  /** GET, POST, … */
  readonly method: string;
  /** Names of the apps that were tried for this request, in order; the last one has just failed. */
  readonly tried: readonly string[];
  /** Why: ECONNREFUSED (nobody listens), ECONNRESET (the connection broke), ETIMEDOUT (silence). */
  readonly reason: string;
}

// #region retry
/** Name of the app to try next, or undefined to tell the client that it failed. */
export function nextTry(_failed: Failed, _inRotation: readonly string[]): string | undefined {
  return undefined;
}
// #endregion
