// Two choices with a bound: the less busy of two, but never a server that has far more than its share.
// Decides only. As it stands there is no bound: the exercise `bounded` asks you to add it.
// Called by clients.ts, through pick.ts, for every request.

/** No server may have more than so many times the mean in flight. */
export const FACTOR = 1.25;

// #region bounded
/** Index of the chosen server; `inFlight` has a count for each, `chance` draws from 0 to 1. */
export function bounded(inFlight: readonly number[], chance: () => number): number {
  const servers = inFlight.length;
  const first = Math.floor(chance() * servers);
  const other = (first + 1 + Math.floor(chance() * (servers - 1))) % servers;
  return (inFlight[other] ?? 0) < (inFlight[first] ?? 0) ? other : first;
}
// #endregion
