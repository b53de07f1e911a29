// Stops code that never yields. Compiled code counts a step at each function call and each round of a loop;
// the count starts anew with every turn of the process. Deterministic: steps, not seconds.

import { keep, keepEach } from '../async-context.ts';
import type { Jobs } from '../jobs.ts';

/** Steps in one turn: well under a second of computing, far above what a server does between two waits. */
export const STEPS_MAX = 20_000_000;

/** In ticks and promise jobs a call counts more: each may be a job of its own, which takes much longer. */
const JOB_CALL_STEPS = 6;

/** A script with a timeout has so many steps for each millisecond, and its clock is looked at so often. */
const STEPS_IN_MS = 20_000;
const STEPS_BETWEEN_LOOKS = 1_000;

/** The most of a turn's steps that scripts with a timeout may take, so that it is they that end. */
const LIMITED_STEPS_MAX = STEPS_MAX * 0.9;

interface TimeLimit {
  readonly stepsMax: number;
  readonly isOver: () => boolean;
  readonly error: () => Error;
  stopped: Error | null;
}

export class Guard {
  /** Counted by compiled code. */
  steps = 0;
  stepsMax = STEPS_MAX;
  /** What compiled code passes through what it awaits. */
  readonly keep: (value: unknown) => unknown;
  readonly keepEach: (source: unknown) => unknown;
  /** What runs its async functions, where the host does not. */
  readonly jobs: Jobs | null;
  /** What a call of a function counts; read by compiled code. */
  callSteps = 1;
  readonly #onStop: (file: string, line: number) => void;
  #stopped = false;
  #limit: TimeLimit | null = null;

  constructor(jobs: Jobs | null, onStop: (file: string, line: number) => void) {
    this.jobs = jobs;
    this.keep = jobs === null ? keep : (value) => value;
    this.keepEach = jobs === null ? keepEach : (source) => source;
    this.#onStop = onStop;
  }

  /** Called by compiled code past the limit; throws each time once it is over, so that no catch keeps the code alive. */
  stop(file: string, line: number): void {
    if (this.#limit !== null && this.steps <= STEPS_MAX && this.#mayGoOn(this.#limit)) return;
    if (!this.#stopped) {
      this.#stopped = true;
      this.#onStop(file, line);
    }
    throw new Error(
      `${file}:${line}: expected code that ends or waits, found ${STEPS_MAX.toLocaleString('en-US')} steps in one turn`,
    );
  }

  /** Runs code that may take some time only; throws the error where it takes more, caught by it or not. */
  within<T>(timeMs: number, isOver: () => boolean, error: () => Error, run: () => T): T {
    const outer = { limit: this.#limit, stepsMax: this.stepsMax };
    const stepsMax = Math.min(this.steps + timeMs * STEPS_IN_MS, LIMITED_STEPS_MAX);
    const limit: TimeLimit = { stepsMax, isOver, error, stopped: null };
    this.#limit = limit;
    this.stepsMax = Math.min(this.steps + STEPS_BETWEEN_LOOKS, stepsMax);
    try {
      const value = run();
      if (limit.stopped !== null) throw limit.stopped;
      return value;
    } catch (problem) {
      throw limit.stopped ?? problem;
    } finally {
      this.#limit = outer.limit;
      this.stepsMax = outer.stepsMax;
    }
  }

  /** Within a limit of time: throws where it is over. */
  #mayGoOn(limit: TimeLimit): boolean {
    if (limit.stopped === null && this.steps < limit.stepsMax && !limit.isOver()) {
      this.stepsMax = Math.min(this.steps + STEPS_BETWEEN_LOOKS, limit.stepsMax);
      return true;
    }
    limit.stopped ??= limit.error();
    throw limit.stopped;
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
