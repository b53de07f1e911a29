// A wrong answer to the exercise `single-flight`: those who wait are told of a success, and never of a failure.
// After a load that fails they wait for ever, and so does everybody who comes later.

const waiting = new Map<string, ((value: unknown) => void)[]>();

export async function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const others = waiting.get(key);
  if (others !== undefined) return new Promise<T>((done) => others.push(done as (value: unknown) => void));
  const mine: ((value: unknown) => void)[] = [];
  waiting.set(key, mine);
  const value = await load();
  waiting.delete(key);
  for (const done of mine) done(value);
  return value;
}
