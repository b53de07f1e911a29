// A wrong answer to the exercise `single-flight`: a load that fails is never forgotten.
// Whoever asks for that key again gets the old failure, though the database has long been well.

const underWay = new Map<string, Promise<unknown>>();

export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const first = underWay.get(key);
  if (first !== undefined) return first as Promise<T>;
  const mine = load().then((value) => {
    underWay.delete(key);
    return value;
  });
  underWay.set(key, mine);
  return mine;
}
