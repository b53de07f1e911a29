// Atomics of one process, whose waits take the machine's time. wait() stops the one thread of a run, so that nobody
// can wake it: without a time it is refused. waitAsync() is woken by notify() in any thread of the process, in a turn
// of the waiter's own. Called by globals.ts and primordials.ts.
import type { Process } from '../machine/process.ts';

type Cells = Int32Array | BigInt64Array;

interface Waiter {
  readonly wake: () => void;
  readonly index: number;
}

/** Those that wait, by the memory that they wait for, in their order; by the byte at which their cell lies. */
const waiters = new WeakMap<ArrayBufferLike, Set<Waiter>>();

const byteOf = (cells: Cells, index: number): number => cells.byteOffset + index * cells.BYTES_PER_ELEMENT;

const made = new WeakMap<Process, typeof Atomics>();

export function atomicsOf(process: Process): typeof Atomics {
  const known = made.get(process);
  if (known !== undefined) return known;
  const atomics = Object.create(
    Object.prototype,
    Object.getOwnPropertyDescriptors(Atomics),
  ) as typeof Atomics;
  const members = {
    wait: (cells: Cells, index: number, value: number | bigint, ms?: number) =>
      wait(process, cells, index, value, ms),
    waitAsync: (cells: Cells, index: number, value: number | bigint, ms?: number) =>
      waitAsync(process, cells, index, value, ms),
    notify: (cells: Cells, index: number, count = Number.POSITIVE_INFINITY) =>
      notify(process, cells, index, count),
  };
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(atomics, name, { value, writable: true, configurable: true });
  made.set(process, atomics);
  return atomics;
}

const load = (cells: Cells, index: number): number | bigint => Atomics.load(cells as Int32Array, index);

function wait(process: Process, cells: Cells, index: number, value: number | bigint, ms: unknown): string {
  if (load(cells, index) !== value) return 'not-equal';
  const time = ms === undefined ? Number.POSITIVE_INFINITY : Number(ms);
  if (!Number.isFinite(time))
    throw new Error('expected Atomics.wait() with a time, found none: nobody else runs that could wake it');
  process.compute(Math.max(0, time) * 1e6);
  return 'timed-out';
}

/** As in the language: at once where there is nothing to wait for. */
function waitAsync(
  process: Process,
  cells: Cells,
  index: number,
  value: number | bigint,
  ms: unknown,
): { readonly async: boolean; readonly value: unknown } {
  const time = ms === undefined ? Number.NaN : Number(ms);
  if (load(cells, index) !== value) return { async: false, value: 'not-equal' };
  if (time <= 0) return { async: false, value: 'timed-out' };
  const there = waiters.get(cells.buffer) ?? new Set<Waiter>();
  waiters.set(cells.buffer, there);
  const promise = new Promise<string>((resolve) => {
    const end = (how: string): void => {
      if (there.delete(waiter)) process.post(() => resolve(how));
    };
    const waiter: Waiter = { index: byteOf(cells, index), wake: () => end('ok') };
    there.add(waiter);
    if (Number.isFinite(time)) process.after(time * 1e6, () => end('timed-out'));
  });
  return { async: true, value: promise };
}

/** Number of those that it wakes. */
function notify(process: Process, cells: Cells, index: number, count: number): number {
  Atomics.notify(cells as Int32Array, index, 0);
  const at = byteOf(cells, index);
  const woken = [...(waiters.get(cells.buffer) ?? [])]
    .filter((waiter) => waiter.index === at)
    .slice(0, count);
  process.kernel(() => {
    for (const { wake } of woken) wake();
  });
  return woken.length;
}
