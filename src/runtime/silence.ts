// Tells a hung thread from a computer that is busy. Silence is counted in looks of the page, not by the clock: a look
// that comes late, because the page itself got no time or the computer slept, counts once. And where a thread was slow
// before and went on, it is waited for longer. Both have a limit, so a hung thread is noticed. Used by calls.ts.

export interface Watch {
  /** Calls back after a time; returns what calls it off. Left out where nobody waits (tests, command line). */
  readonly after: (ms: number, callback: () => void) => () => void;
}

const LOOK_EVERY_MS = 250;
/** How long a thread may be silent while it works on a command. */
export const SILENCE_MS_MAX = 2_000;
/** Loading and booting compile a lot at once: a slow phone needs longer. Nothing is waited for longer than this. */
export const START_SILENCE_MS_MAX = 5_000;
/** So many times its longest silence that ended by itself. */
const PATIENCE = 3;

export class Silence {
  readonly #watch: Watch;
  readonly #onHung: (silentMs: number) => void;
  #looks = 0;
  #looksLongest = 0;
  #limitMs = START_SILENCE_MS_MAX;
  #cancel: () => void = () => undefined;

  constructor(watch: Watch, onHung: (silentMs: number) => void) {
    this.#watch = watch;
    this.#onHung = onHung;
  }

  /** From now on news is expected, each within that time of the last. */
  expect(limitMs: number): void {
    this.#limitMs = limitMs;
    this.#begin();
  }

  /** There was news; whether more is expected. */
  heard(isMoreExpected: boolean): void {
    this.#looksLongest = Math.max(this.#looksLongest, this.#looks);
    this.stop();
    if (isMoreExpected) this.#begin();
  }

  stop(): void {
    this.#cancel();
    this.#looks = 0;
  }

  #begin(): void {
    this.stop();
    this.#wait();
  }

  #wait(): void {
    this.#cancel = this.#watch.after(LOOK_EVERY_MS, () => {
      this.#looks++;
      const silentMs = this.#looks * LOOK_EVERY_MS;
      if (silentMs < this.#patienceMs()) this.#wait();
      else this.#onHung(silentMs);
    });
  }

  #patienceMs(): number {
    const earned = this.#looksLongest * LOOK_EVERY_MS * PATIENCE;
    return Math.min(START_SILENCE_MS_MAX, Math.max(this.#limitMs, earned));
  }
}
