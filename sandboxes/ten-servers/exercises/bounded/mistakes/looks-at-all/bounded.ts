// Two choices with a bound: the less busy of two, but never a server that has far more than its share.
// Decides only. Mistake: looks at all servers and takes the least busy, which keeps the bound but is not what was asked.
// Called by clients.ts, through pick.ts, for every request.

/** No server may have more than so many times the mean in flight. */
export const FACTOR = 1.25;

/** Index of the chosen server; `inFlight` has a count for each, `chance` draws from 0 to 1. */
export function bounded(inFlight: readonly number[], chance: () => number): number {
  const servers = inFlight.length;
  const least = Math.min(...inFlight);
  const start = Math.floor(chance() * servers);
  for (let step = 0; step < servers; step++) {
    const server = (start + step) % servers;
    if (inFlight[server] === least) return server;
  }
  return start;
}
