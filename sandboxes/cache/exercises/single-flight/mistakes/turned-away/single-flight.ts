// A wrong answer to the exercise `single-flight`: one loads, and the others are told to go away.
// The database is spared, and the customers are not served.

const underWay = new Set<string>();

export async function once<T>(key: string, load: () => Promise<T>): Promise<T> {
  if (underWay.has(key)) throw new Error(`${key} is being loaded`);
  underWay.add(key);
  try {
    return await load();
  } finally {
    underWay.delete(key);
  }
}
