// Two choices with a bound: the less busy of two, but never a server that has far more than its share.
// Decides only. Mistake: leaves the new request out of the mean and rounds down, so that nobody has room when few are busy.
// Called by clients.ts, through pick.ts, for every request.

/** No server may have more than so many times the mean in flight. */
export const FACTOR = 1.25;

/** Index of the chosen server; `inFlight` has a count for each, `chance` draws from 0 to 1. */
export function bounded(inFlight: readonly number[], chance: () => number): number {
  const servers = inFlight.length;
  const total = inFlight.reduce((sum, count) => sum + count, 0);
  const most = Math.floor((FACTOR * total) / servers);
  const first = Math.floor(chance() * servers);
  const other = (first + 1 + Math.floor(chance() * (servers - 1))) % servers;
  const drawn = (inFlight[other] ?? 0) < (inFlight[first] ?? 0) ? other : first;
  for (let step = 0; step < servers; step++) {
    const server = (drawn + step) % servers;
    if ((inFlight[server] ?? 0) < most) return server;
  }
  return -1;
}
