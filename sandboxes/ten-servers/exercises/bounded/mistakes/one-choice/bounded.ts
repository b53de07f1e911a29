// Two choices with a bound: the less busy of two, but never a server that has far more than its share.
// Decides only. Mistake: draws one server, and only the bound keeps it from a bad choice.
// Called by clients.ts, through pick.ts, for every request.

/** No server may have more than so many times the mean in flight. */
export const FACTOR = 1.25;

/** Index of the chosen server; `inFlight` has a count for each, `chance` draws from 0 to 1. */
export function bounded(inFlight: readonly number[], chance: () => number): number {
  const servers = inFlight.length;
  const total = inFlight.reduce((sum, count) => sum + count, 0) + 1;
  const most = Math.ceil((FACTOR * total) / servers);
  const drawn = Math.floor(chance() * servers);
  for (let step = 0; step < servers; step++) {
    const server = (drawn + step) % servers;
    if ((inFlight[server] ?? 0) < most) return server;
  }
  return drawn;
}
