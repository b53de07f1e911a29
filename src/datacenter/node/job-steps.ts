// What the code of an async function, which is a plain generator here (loader/job-code.ts), hands to the engine that
// drives it. Knows nothing of who does. Used by jobs.ts and job-generator.ts.

export type Steps = Iterator<unknown, unknown, unknown>;
export type Settle = (value: unknown) => void;

/** What an async generator yields where it awaits. */
export class Wait {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** What it yields where it yields all of another. */
export class Delegate {
  readonly iterator: Record<string, unknown>;
  constructor(iterator: Record<string, unknown>) {
    this.iterator = iterator;
  }
}

/** Of ../jobs.ts, what a generator needs. */
export interface Waiter {
  readonly Promise: PromiseConstructor;
  wait(value: unknown, fulfilled: Settle, rejected: Settle, outer?: object): void;
}
