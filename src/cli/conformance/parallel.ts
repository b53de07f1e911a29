// Works through a list, a few items at a time, in the list's order of beginning. Pure. Called by baseline.ts and
// pool.ts.

/** `work` hears which of the `jobs` it is, from 0. */
export async function inParallel<T>(
  items: readonly T[],
  jobs: number,
  work: (item: T, job: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (_: unknown, job: number): Promise<void> => {
    for (;;) {
      const at = next++;
      if (at >= items.length) return;
      await work(items[at] as T, job);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
}
