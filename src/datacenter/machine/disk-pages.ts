// The bytes of one file as the page cache holds them: 4 KiB pages over a shared read-only base, with holes, and
// what the disk itself still has of the pages that were changed since they were last written back.
// Refuses nothing: limits and errors are the disk's. Called by disk.ts and disk-journal.ts.
import type { Random } from '../base/random.ts';

export const PAGE_BYTES = 4096;

const NOTHING = new Uint8Array(0);

/** How the file lies on the disk itself while the cache has something newer. */
interface OnDisk {
  size: number;
  baseSize: number;
  /** By page number, the page before its first change; undefined where it came from the base or was a hole. */
  readonly pages: Map<number, Uint8Array | undefined>;
  /** Shortest the file has been since. */
  shortest: number;
}

export class Pages {
  size: number;
  /** Moment of the first change that the disk does not have, virtual nanoseconds. Null where it has all. */
  dirtySinceNs: number | null = null;
  readonly #base: () => Uint8Array;
  #baseSize: number;
  readonly #pages = new Map<number, Uint8Array>();
  #onDisk: OnDisk | null = null;

  /** Over `size` bytes that `base` gives; they are never written to. */
  constructor(size = 0, base: () => Uint8Array = () => NOTHING) {
    this.size = size;
    this.#base = base;
    this.#baseSize = size;
  }

  /** The whole file. The base itself where nothing was changed: readers must not write into it. */
  get bytes(): Uint8Array {
    if (this.#pages.size === 0 && this.#baseSize === this.size) {
      const base = this.#base();
      return base.length === this.size ? base : base.subarray(0, this.size);
    }
    const all = new Uint8Array(this.size);
    this.read(all, 0);
    return all;
  }

  get allocatedPages(): number {
    let count = Math.ceil(this.#baseSize / PAGE_BYTES);
    for (const page of this.#pages.keys()) if (page * PAGE_BYTES >= this.#baseSize) count++;
    return count;
  }

  get dirtyPages(): number {
    return this.#onDisk?.pages.size ?? 0;
  }

  /** Fills `into` from `at` on; gives how many bytes there were. */
  read(into: Uint8Array, at: number): number {
    const end = Math.min(this.size, at + into.length);
    if (end <= at) return 0;
    if (this.#pages.size === 0 && end <= this.#baseSize) {
      into.set(this.#base().subarray(at, end));
      return end - at;
    }
    for (let from = at; from < end; ) {
      const number = Math.floor(from / PAGE_BYTES);
      const to = Math.min(end, (number + 1) * PAGE_BYTES);
      const page = this.#pages.get(number);
      if (page !== undefined)
        into.set(page.subarray(from - number * PAGE_BYTES, to - number * PAGE_BYTES), from - at);
      else {
        into.fill(0, from - at, to - at);
        if (from < this.#baseSize)
          into.set(this.#base().subarray(from, Math.min(to, this.#baseSize)), from - at);
      }
      from = to;
    }
    return end - at;
  }

  write(from: Uint8Array, at: number, nowNs: number): void {
    if (from.length === 0) return;
    const onDisk = this.#changing(nowNs);
    const end = at + from.length;
    for (let to = at; to < end; ) {
      const number = Math.floor(to / PAGE_BYTES);
      const next = Math.min(end, (number + 1) * PAGE_BYTES);
      this.#own(number, onDisk).set(from.subarray(to - at, next - at), to - number * PAGE_BYTES);
      to = next;
    }
    this.size = Math.max(this.size, end);
  }

  /** Cuts the file, or lengthens it with a hole. */
  truncate(size: number, nowNs: number): void {
    if (size === this.size) return;
    const onDisk = this.#changing(nowNs);
    if (size < this.size) {
      for (const [number, page] of [...this.#pages]) {
        if (number * PAGE_BYTES < size) continue;
        if (!onDisk.pages.has(number)) onDisk.pages.set(number, page);
        this.#pages.delete(number);
      }
      const last = Math.floor(size / PAGE_BYTES);
      if (size % PAGE_BYTES !== 0 && this.#pages.has(last))
        this.#own(last, onDisk).fill(0, size - last * PAGE_BYTES);
      this.#baseSize = Math.min(this.#baseSize, size);
      onDisk.shortest = Math.min(onDisk.shortest, size);
    }
    this.size = size;
  }

  /** The disk has all of it now. */
  flushed(): void {
    this.#onDisk = null;
    this.dirtySinceNs = null;
  }

  /** The journal was committed: that the file was cut is on the disk, what was written since is not. */
  truncationCommitted(): void {
    const onDisk = this.#onDisk;
    if (onDisk === null || onDisk.shortest >= onDisk.size) return;
    const { shortest } = onDisk;
    onDisk.size = shortest;
    onDisk.baseSize = Math.min(onDisk.baseSize, shortest);
    for (const [number, page] of onDisk.pages) {
      const kept = shortest - number * PAGE_BYTES;
      if (page === undefined || kept >= PAGE_BYTES) continue;
      if (kept <= 0) onDisk.pages.set(number, undefined);
      else onDisk.pages.set(number, page.slice().fill(0, kept));
    }
  }

  /**
   * Back to what the disk has. With `torn`, each page that was on its way has reached the disk or has not, by
   * chance: a write of several pages may have happened in part.
   */
  powerLost(torn: Random | null): void {
    const onDisk = this.#onDisk;
    if (onDisk === null) return;
    const cacheSize = this.size;
    this.size = onDisk.size;
    this.#baseSize = onDisk.baseSize;
    for (const [number, old] of onDisk.pages) {
      const isWritten = torn !== null && torn.fraction() < 0.5 && this.#pages.has(number);
      if (isWritten) this.size = Math.max(this.size, Math.min(cacheSize, (number + 1) * PAGE_BYTES));
      else if (old === undefined) this.#pages.delete(number);
      else this.#pages.set(number, old);
    }
    this.flushed();
  }

  #changing(nowNs: number): OnDisk {
    this.dirtySinceNs ??= nowNs;
    this.#onDisk ??= {
      size: this.size,
      baseSize: this.#baseSize,
      pages: new Map(),
      shortest: this.size,
    };
    return this.#onDisk;
  }

  /** A page of the cache that may be written to; what the disk has of it is kept aside. */
  #own(number: number, onDisk: OnDisk): Uint8Array {
    const page = this.#pages.get(number);
    if (page !== undefined && onDisk.pages.has(number)) return page;
    const own = new Uint8Array(PAGE_BYTES);
    const at = number * PAGE_BYTES;
    if (page !== undefined) own.set(page);
    else if (at < this.#baseSize)
      own.set(this.#base().subarray(at, Math.min(at + PAGE_BYTES, this.#baseSize)));
    if (!onDisk.pages.has(number)) onDisk.pages.set(number, page);
    this.#pages.set(number, own);
    return own;
  }
}
