// A wrong answer to the exercise `single-flight`: the loads of a key wait for one another, and then each loads again.
// Never two at once, and as many as before.

const last = new Map<string, Promise<unknown>>();

export function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  const before = last.get(key) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(load);
  last.set(key, mine);
  return mine;
}
