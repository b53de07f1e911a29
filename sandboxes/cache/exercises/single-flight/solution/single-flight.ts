// Many requests miss the same key at once. Only the first of them loads it; the others wait for what it gets.
// Decides only who loads; aside.ts says how, and a load leaves its copy in the cache before it is done. A load that fails
// fails for those who waited, and for nobody after. Called by aside.ts for every load.

const underWay = new Map<string, Promise<unknown>>();

/** What `load` gives. `key` says what it loads. A load ends, well or badly, within DATABASE_LIMIT_MS. */
export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const first = underWay.get(key);
  // The same key always loads the same kind of thing.
  if (first !== undefined) return first as Promise<T>;
  const mine = load().finally(() => underWay.delete(key));
  underWay.set(key, mine);
  return mine;
}
