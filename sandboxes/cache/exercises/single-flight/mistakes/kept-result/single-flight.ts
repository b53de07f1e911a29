// A wrong answer to the exercise `single-flight`: a load that succeeded is never forgotten either.
// The copy in the cache expires, and everybody still gets what was loaded first. A second cache, without an end.

const loaded = new Map<string, Promise<unknown>>();

export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const first = loaded.get(key);
  if (first !== undefined) return first as Promise<T>;
  const mine = load();
  mine.catch(() => loaded.delete(key));
  loaded.set(key, mine);
  return mine;
}
