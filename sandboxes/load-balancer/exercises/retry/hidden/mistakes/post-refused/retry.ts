// What to do when an app failed to answer: try another one, or give up?
// Decides only; forward.ts sends. Tries another app where doing the request twice does no harm.
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
/** Methods that mean the same done once or twice (RFC 9110, section 9.2.2). */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Name of the app to try next, or undefined to tell the client that it failed. */
export function nextTry(failed: Failed, inRotation: readonly string[]): string | undefined {
  // A refusal says that nothing was done, so any request may go to another app then. Or so it looks.
  if (!idempotent.has(failed.method) && failed.reason !== 'ECONNREFUSED') return undefined;
  // Each app at most once: so the tries end, and no dead app is asked again.
  return inRotation.find((app) => !failed.tried.includes(app));
}
// #endregion
