// What to do when an app failed to answer: try another one, or give up?
// Decides only; forward.ts sends. Mistake: tries again only where the connection was refused, not after a reset or silence.
// Called by balancer.ts after each attempt that failed before any part of an answer reached the client.

export interface Failed {
  /** GET, POST, … */
  readonly method: string;
  /** Names of the apps that were tried for this request, in order; the last one has just failed. */
  readonly tried: readonly string[];
  /** Why: ECONNREFUSED (nobody listens), ECONNRESET (the connection broke), ETIMEDOUT (silence). */
  readonly reason: string;
}

/** Name of the app to try next, or undefined to tell the client that it failed. */
export function nextTry(failed: Failed, inRotation: readonly string[]): string | undefined {
  if (failed.method !== 'GET' || failed.reason !== 'ECONNREFUSED') return undefined;
  return inRotation.find((app) => !failed.tried.includes(app));
}
