// Stops code that never yields. Compiled code counts a step at each function call and each round of a loop;
// the count starts anew with every turn of the process. Deterministic: steps, not seconds.

import { keep, keepEach } from '../async-context.ts';

/** Steps in one turn: well under a second of computing, far above what a server does between two waits. */
export const STEPS_MAX = 20_000_000;

/** In ticks and promise jobs a call counts more: each may be a job of its own, which takes much longer. */
const JOB_CALL_STEPS = 6;

export class Guard {
  /** Counted by compiled code. */
  steps = 0;
  readonly stepsMax = STEPS_MAX;
  /** What compiled code passes through what it awaits. */
  readonly keep = keep;
  readonly keepEach = keepEach;
  /** What a call of a function counts; read by compiled code. */
  callSteps = 1;
  readonly #onStop: (file: string, line: number) => void;
  #stopped = false;

  constructor(onStop: (file: string, line: number) => void) {
    this.#onStop = onStop;
  }

  /** Called by compiled code past the limit; throws each time, so that no catch keeps the code alive. */
  stop(file: string, line: number): never {
    if (!this.#stopped) {
      this.#stopped = true;
      this.#onStop(file, line);
    }
    throw new Error(
      `${file}:${line}: expected code that ends or waits, found ${STEPS_MAX.toLocaleString('en-US')} steps in one turn`,
    );
  }

  /** The program has ended: its code stops at the next step, without a word. */
  halt(): void {
    this.#stopped = true;
    this.steps = Number.POSITIVE_INFINITY;
  }

  /** From here to the end of the turn only ticks and promise jobs run. */
  afterCallback(): void {
    this.callSteps = JOB_CALL_STEPS;
  }

  /** A new turn begins. */
  reset(): void {
    this.callSteps = 1;
    if (!this.#stopped) this.steps = 0;
  }
}
