// The cores of a machine and the threads that compute on them. A turn of a program runs in one go on the host, so
// time slices are dealt on its clock: while more threads want to compute than there are cores, each gets its share of
// every round, and its clock goes on while it waits for the next. What others will want in a round is known of turns
// that ran, and guessed of those that wait: a young thread is taken to want as much as it can get, an older one as
// much as of late. Knows neither processes nor the timeline. Called by process.ts and computer.ts.
import { assert } from '../base/assert.ts';

/** In a round every thread that wants to compute has its slice: Linux's latency of scheduling for few threads. */
export const ROUND_NS = 4_000_000;
/** From waking up to computing, on a machine with more threads than cores. */
const WAKE_NS = 20_000;
/** Before so many turns nothing is concluded from how short they were. */
const YOUNG_TURNS = 8;

/** First reads of a clock cost this; a busy loop's later reads cost more, so that it ends soon. */
const CLOCK_READ_NS_MIN = 1_000;
const CLOCK_READ_NS_MAX = 100_000;
const CLOCK_READ_GROWTH = 64;

export class Cpu {
  readonly cores: number;
  /** More threads than cores: they may have to wait for one another. */
  isShared = false;
  /** CPU time of all threads that it ever had, of all cores together. */
  busyNs = 0;
  readonly #threads = new Set<CpuThread>();

  constructor(cores: number) {
    assert(Number.isInteger(cores) && cores >= 1, 'a machine has at least one core');
    this.cores = cores;
  }

  add(): CpuThread {
    const thread = new CpuThread(this);
    this.#threads.add(thread);
    this.isShared = this.#threads.size > this.cores;
    return thread;
  }

  remove(thread: CpuThread): void {
    this.#threads.delete(thread);
    this.isShared = this.#threads.size > this.cores;
  }

  /** What a thread may compute in the round that begins at `atNs`: its fair share, or what the others leave. */
  quotaNs(thread: CpuThread, atNs: number): number {
    let wanted = 0;
    let threads = 1;
    for (const other of this.#threads) {
      if (other === thread) continue;
      const ns = Math.min(ROUND_NS, other.wantedNs(atNs));
      if (ns <= 0) continue;
      wanted += ns;
      threads++;
    }
    if (threads <= this.cores) return ROUND_NS;
    const share = Math.floor((ROUND_NS * this.cores) / threads);
    return Math.min(ROUND_NS, Math.max(share, ROUND_NS * this.cores - wanted));
  }

  /** From `atNs` on, when a thread that wakes up is let in: at once on a free core, else when a slice ends. */
  turnAtNs(thread: CpuThread, atNs: number): number {
    let computing = 0;
    for (const other of this.#threads) if (other !== thread && other.computesAt(atNs)) computing++;
    if (computing < this.cores) return atNs;
    const sliceNs = Math.max(1, Math.floor((ROUND_NS * this.cores) / (computing + 1)));
    let earliestNs = Number.POSITIVE_INFINITY;
    for (const other of this.#threads) {
      if (other === thread || !other.computesAt(atNs)) continue;
      earliestNs = Math.min(earliestNs, other.sliceEndsNs(atNs, sliceNs));
    }
    return earliestNs;
  }
}

/** What computes: one for each process. */
export class CpuThread {
  /** Its clock while a turn runs. */
  nowNs = 0;
  /** CPU time of the present turn. */
  turnNs = 0;
  /** CPU time of all turns. */
  totalNs = 0;
  readonly #cpu: Cpu;
  #startNs = 0;
  #endNs = 0;
  /** Since when a turn of it waits to run, and when it will; infinite where none does. */
  #readyNs = Number.POSITIVE_INFINITY;
  #letInNs = Number.POSITIVE_INFINITY;
  /** Length of its longest turn of late. */
  #expectedNs = 0;
  /** Since when it computes turn after turn. */
  #busySinceNs = 0;
  #turns = 0;
  #roundEndsNs = 0;
  #leftNs = 0;

  constructor(cpu: Cpu) {
    this.#cpu = cpu;
  }

  /** A turn wants to run from `nowNs` on. Gives the moment at which it does. */
  wake(nowNs: number): number {
    const readyNs = Math.max(nowNs, this.#endNs);
    this.#readyNs = readyNs;
    this.#letInNs = readyNs;
    if (!this.#cpu.isShared) return readyNs;
    if (this.#endNs === readyNs) {
      // It goes on with what it did: in its own slice, or in the next round.
      if (this.#leftNs === 0) this.#letInNs = Math.max(readyNs, this.#roundEndsNs);
    } else {
      this.#letInNs = this.#cpu.turnAtNs(this, readyNs) + WAKE_NS;
      this.#busySinceNs = this.#letInNs;
    }
    return this.#letInNs;
  }

  /** It is known that a turn will want to run at `atNs`. */
  expect(atNs: number): void {
    this.#readyNs = atNs;
    this.#letInNs = atNs;
  }

  /** The turn that waited begins. */
  begin(nowNs: number): void {
    this.rest();
    this.nowNs = nowNs;
    this.turnNs = 0;
    this.#startNs = nowNs;
    this.#endNs = nowNs;
  }

  /** No turn waits to run any more. */
  rest(): void {
    this.#readyNs = Number.POSITIVE_INFINITY;
    this.#letInNs = Number.POSITIVE_INFINITY;
  }

  /** Computes for `ns`; its clock goes on by more where others have their slices meanwhile. */
  spend(ns: number): void {
    this.turnNs += ns;
    this.totalNs += ns;
    this.#cpu.busyNs += ns;
    if (!this.#cpu.isShared) {
      this.nowNs += ns;
      return;
    }
    let left = ns;
    while (left > 0) {
      if (this.nowNs >= this.#roundEndsNs) {
        this.#leftNs = this.#cpu.quotaNs(this, this.nowNs);
        this.#roundEndsNs = this.nowNs + ROUND_NS;
      } else if (this.#leftNs === 0) {
        this.nowNs = this.#roundEndsNs;
        continue;
      }
      const step = Math.min(left, this.#leftNs, this.#roundEndsNs - this.nowNs);
      this.nowNs += step;
      this.#leftNs -= step;
      left -= step;
    }
  }

  /** Its clock is read by the program: a little time passes. */
  readClock(): void {
    const cost = Math.floor(this.turnNs / CLOCK_READ_GROWTH);
    this.spend(Math.min(Math.max(cost, CLOCK_READ_NS_MIN), CLOCK_READ_NS_MAX));
  }

  /** Waits within the turn, without computing. */
  sleep(ns: number): void {
    this.nowNs += ns;
  }

  /** The turn is over; what it took is known to the others. */
  end(): void {
    this.#endNs = this.nowNs;
    this.#turns++;
    this.#expectedNs = Math.max(this.#endNs - this.#startNs, Math.floor(this.#expectedNs / 2));
  }

  computesAt(atNs: number): boolean {
    return this.#startNs <= atNs && atNs < this.#endNs;
  }

  /** The next moment after `atNs` at which it makes room, where each has slices of this length. */
  sliceEndsNs(atNs: number, sliceNs: number): number {
    const slices = Math.floor((atNs - this.#startNs) / sliceNs) + 1;
    return Math.min(this.#endNs, this.#startNs + slices * sliceNs);
  }

  /** How long it wants a core from `atNs` on, as far as is known. */
  wantedNs(atNs: number): number {
    const computingNs = this.computesAt(atNs) ? this.#endNs - atNs : 0;
    if (this.#readyNs > atNs + computingNs) return computingNs;
    if (this.#turns < YOUNG_TURNS) return Number.POSITIVE_INFINITY;
    // Who has computed for long goes on for long.
    const expectedNs = 2 * Math.max(this.#expectedNs, this.#readyNs - this.#busySinceNs);
    return computingNs + Math.max(0, this.#letInNs + expectedNs - atNs - computingNs);
  }
}
