// The one queue of everything that will happen, ordered by (time, order of scheduling), and with it the
// virtual clock. Refuses the past. Knows nothing of machines or packets; the door (datacenter.ts) drives it.
// The hottest structure of the engine: a binary heap of plain entries, cancelled lazily.

import { assert } from './assert.ts';

/** What part of a Timeline kernels and fabric may use. Passed in, so that tests can stand in for it. */
export interface Scheduler {
  readonly nowNs: number;
  schedule(atNs: number, run: () => void): TimelineEntry;
  cancel(entry: TimelineEntry): void;
}

/** The timeline as a process sees it: what it schedules runs on the level on which it was started. */
export interface LevelScheduler {
  readonly nowNs: number;
  /** The process waits for one that was started deeper. */
  readonly isBehind: boolean;
  schedule(atNs: number, run: () => void): TimelineEntry;
}

/** A thing to be done at a time. Owned by the Timeline: others keep it only to cancel it. */
export class TimelineEntry {
  readonly atNs: number;
  readonly sequence: number;
  /** Null once it ran or was cancelled. */
  run: (() => void) | null;

  constructor(atNs: number, sequence: number, run: () => void) {
    this.atNs = atNs;
    this.sequence = sequence;
    this.run = run;
  }
}

/** Below this many cancelled entries the heap is not swept: sweeping would cost more than it frees. */
const GARBAGE_MIN = 64;

/** What waits while a part of the run goes ahead of the rest. */
interface Level {
  readonly nowNs: number;
  readonly heap: TimelineEntry[];
}

export class Timeline implements Scheduler {
  /** Virtual nanoseconds since the start of the run: the time of the entry that runs or ran last. */
  nowNs = 0;
  #heap: TimelineEntry[] = [];
  #sequence = 0;
  #cancelled = 0;
  readonly #outer: Level[] = [];

  /** How many entries wait, without the cancelled ones. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Runs `run` at `atNs`, after everything scheduled for the same moment before. `atNs` is an integer. */
  schedule(atNs: number, run: () => void): TimelineEntry {
    assert(atNs >= this.nowNs, 'nothing is scheduled in the past (and no time is NaN)');
    assert(atNs % 1 === 0, 'times are whole nanoseconds');
    const entry = new TimelineEntry(atNs, this.#sequence++, run);
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1, entry);
    return entry;
  }

  /** How many levels wait outside of the present one. */
  get depth(): number {
    return this.#outer.length;
  }

  /** From here on only what is scheduled from now on runs, from `atNs` on: all else waits until leave(). */
  enter(atNs: number): void {
    this.#outer.push({ nowNs: this.nowNs, heap: this.#heap });
    this.#heap = [];
    this.nowNs = atNs;
  }

  /** Goes back to what waited, at its time, with what the level left. */
  leave(): void {
    const level = this.#outer.pop();
    assert(level !== undefined, 'a level is left once');
    this.#heap = [...level.heap, ...this.#heap];
    this.nowNs = level.nowNs;
    this.#sweep();
  }

  /** The present level, for who was started on it. */
  here(): LevelScheduler {
    const timeline = this;
    const { depth } = timeline;
    return {
      get nowNs() {
        return timeline.nowNs;
      },
      get isBehind() {
        return timeline.depth > depth;
      },
      schedule: (atNs, run) => timeline.scheduleOn(depth, atNs, run),
    };
  }

  /** schedule() on the level that lies at `depth`, as far as it is still apart. */
  scheduleOn(depth: number, atNs: number, run: () => void): TimelineEntry {
    const level = this.#outer[depth];
    if (level === undefined) return this.schedule(atNs, run);
    const entry = new TimelineEntry(atNs, this.#sequence++, run);
    // leave() puts it in its place: nothing of that level runs before.
    level.heap.push(entry);
    return entry;
  }

  /** Forgets the entry; one that ran or was cancelled already is left alone. */
  cancel(entry: TimelineEntry): void {
    if (entry.run === null) return;
    entry.run = null;
    this.#cancelled++;
    if (this.#cancelled > GARBAGE_MIN && this.#cancelled * 2 > this.#heap.length) this.#sweep();
  }

  /** Time of the next entry, Infinity where there is none. */
  peekNs(): number {
    const next = this.#next();
    return next === undefined ? Number.POSITIVE_INFINITY : next.atNs;
  }

  /** Sets the clock to the next entry's time and runs it. False where there was none. */
  runNext(): boolean {
    const next = this.#next();
    if (next === undefined) return false;
    this.#removeTop();
    this.nowNs = next.atNs;
    const run = next.run;
    next.run = null;
    if (run !== null) run();
    return true;
  }

  /** Moves the clock on to `atNs` without running anything; all before it must have run. */
  advanceTo(atNs: number): void {
    assert(atNs >= this.nowNs && atNs <= this.peekNs(), 'the clock skips no entry and never goes back');
    this.nowNs = atNs;
  }

  /** The first entry that was not cancelled; drops cancelled ones that stand before it. */
  #next(): TimelineEntry | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || top.run !== null) return top;
      this.#removeTop();
      this.#cancelled--;
    }
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#siftDown(0, last);
  }

  /** Moves the hole at `hole` up until `entry` fits in it. */
  #siftUp(hole: number, entry: TimelineEntry): void {
    const heap = this.#heap;
    let at = hole;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt] as TimelineEntry;
      if (parent.atNs < entry.atNs || (parent.atNs === entry.atNs && parent.sequence < entry.sequence)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = entry;
  }

  /** Moves the hole at `hole` down until `entry` fits in it. */
  #siftDown(hole: number, entry: TimelineEntry): void {
    const heap = this.#heap;
    const length = heap.length;
    let at = hole;
    for (;;) {
      let childAt = 2 * at + 1;
      if (childAt >= length) break;
      let child = heap[childAt] as TimelineEntry;
      if (childAt + 1 < length) {
        const right = heap[childAt + 1] as TimelineEntry;
        if (right.atNs < child.atNs || (right.atNs === child.atNs && right.sequence < child.sequence)) {
          child = right;
          childAt++;
        }
      }
      if (entry.atNs < child.atNs || (entry.atNs === child.atNs && entry.sequence < child.sequence)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = entry;
  }

  /** Throws the cancelled entries away. The order is total, so rebuilding cannot change what runs when. */
  #sweep(): void {
    const live = this.#heap.filter((entry) => entry.run !== null);
    this.#heap = live;
    this.#cancelled = 0;
    for (let at = (live.length >> 1) - 1; at >= 0; at--) this.#siftDown(at, live[at] as TimelineEntry);
  }
}
