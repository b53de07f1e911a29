// Promise jobs of one realm, run by the engine within a turn of the parent that waits for it; and what its async
// functions become (loader/job-code.ts): generators that are driven here. An async loop that is left early does not wait
// for the end of what it ran over. Made by realm.ts, for programs that spawnSync() starts.
import { JobGenerator } from './job-generator.ts';
import { type PromiseHooks, PromiseJobs, type RejectionType } from './job-promise.ts';
import { promiseClass } from './job-promise-class.ts';
import { Delegate, type Settle, type Steps, Wait } from './job-steps.ts';

type Maker = (...parameters: unknown[]) => Steps;

const hostThen = Promise.prototype.then;

export interface JobsHost {
  isEnding(): boolean;
  rejected(type: RejectionType, promise: object, reason: unknown): void;
  /** A hook of promises threw. */
  failed(error: unknown): void;
  /** Its parent waits for the program: the host's promises do not come. */
  readonly isAwaited: boolean;
}

export class Jobs {
  readonly Promise: PromiseConstructor;
  /** A promise of the host was waited for, which cannot come. */
  hasForeign = false;
  readonly #host: JobsHost;
  readonly #promises: PromiseJobs;
  readonly #queue: (() => void)[] = [];
  #isRunning = false;

  constructor(host: JobsHost) {
    this.#host = host;
    const drain = (): void => this.drain();
    this.#promises = new PromiseJobs({
      enqueue: (job) => this.enqueue(job),
      rejected: (type, promise, reason) => host.rejected(type, promise, reason),
      foreign: (promise) => {
        if (host.isAwaited) this.hasForeign = true;
        else void hostThen.call(promise, drain, drain);
      },
      failed: (error) => host.failed(error),
    });
    this.Promise = promiseClass(this.#promises);
  }

  get hooks(): PromiseHooks {
    return this.#promises.hooks;
  }

  set hooks(hooks: PromiseHooks) {
    this.#promises.hooks = hooks.some((hook) => hook !== undefined) ? hooks : [];
  }

  enqueue(job: () => void): void {
    this.#queue.push(job);
  }

  /** Runs all jobs, and those that they queue. */
  drain(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let at = 0; at < this.#queue.length && !this.#host.isEnding(); at++) this.#queue[at]?.();
    } finally {
      this.#queue.length = 0;
      this.#isRunning = false;
    }
  }

  /** An async function's call. */
  run(maker: Maker, self: unknown, parameters: ArrayLike<unknown>): Promise<unknown> {
    const { promise, resolve, reject } = this.Promise.withResolvers<unknown>();
    const step = (steps: Steps, method: 'next' | 'throw', value: unknown): void => {
      let result: IteratorResult<unknown>;
      try {
        result =
          method === 'next' ? steps.next(value) : (steps.throw?.(value) ?? { done: true, value: undefined });
      } catch (error) {
        reject(error);
        return;
      }
      if (result.done === true) resolve(result.value);
      else
        this.wait(
          result.value,
          (settled) => step(steps, 'next', settled),
          (error) => step(steps, 'throw', error),
          promise,
        );
    };
    try {
      step(Reflect.apply(maker, self, parameters), 'next', undefined);
    } catch (error) {
      reject(error);
    }
    return promise;
  }

  /** An async generator's call. */
  generate(maker: Maker, self: unknown, parameters: ArrayLike<unknown>): object {
    return new JobGenerator(this, Reflect.apply(maker, self, parameters));
  }

  /** Await of ECMA-262, 27.7.5.3. `outer` is what the code that awaits has promised. */
  wait(value: unknown, fulfilled: Settle, rejected: Settle, outer?: object): void {
    try {
      const promise = this.#promises.child(outer, () => this.Promise.resolve(value));
      this.#promises.wait(promise, fulfilled, rejected);
    } catch (error) {
      rejected(error);
    }
  }

  readonly awaits = (value: unknown): Wait => new Wait(value);
  readonly each = (value: unknown): Delegate => new Delegate(this.#iteratorOf(value));

  /** What a loop runs over that awaits: it asks for the next value itself, at the start of each round. */
  cursor(value: unknown): Iterable<Cursor> {
    const cursor = new Cursor(this.#iteratorOf(value));
    const round = { value: cursor, done: false };
    return {
      [Symbol.iterator]: () => ({
        next: () => round,
        return: () => {
          cursor.leave();
          return { value: undefined, done: true };
        },
      }),
    };
  }

  #iteratorOf(value: unknown): Record<string, unknown> {
    const source = value as Record<symbol, unknown>;
    const own = source[Symbol.asyncIterator];
    if (own !== undefined && own !== null) return Reflect.apply(own as Maker, value, []) as never;
    const iterate = source[Symbol.iterator];
    if (typeof iterate !== 'function') throw new TypeError(`${String(value)} is not async iterable`);
    const plain = Reflect.apply(iterate, value, []) as Iterator<unknown>;
    const waited = (result: IteratorResult<unknown>): unknown =>
      this.Promise.resolve(result.value).then((settled) => ({ value: settled, done: result.done === true }));
    return {
      next: (sent: unknown) => waited(plain.next(sent)),
      return: () => waited(plain.return?.() ?? { value: undefined, done: true }),
    };
  }
}

class Cursor {
  value: unknown;
  readonly #iterator: Record<string, unknown>;
  #isDone = false;

  constructor(iterator: Record<string, unknown>) {
    this.#iterator = iterator;
  }

  next(): unknown {
    const { next } = this.#iterator;
    if (typeof next !== 'function') throw new TypeError('iterator.next is not a function');
    // One that fails is not ended.
    this.#isDone = true;
    return Reflect.apply(next, this.#iterator, []);
  }

  /** True at the end. */
  take(result: unknown): boolean {
    if (result === null || typeof result !== 'object')
      throw new TypeError(`Iterator result ${String(result)} is not an object`);
    const { done, value } = result as { done?: unknown; value?: unknown };
    this.#isDone = Boolean(done);
    this.value = value;
    return this.#isDone;
  }

  leave(): void {
    const end = this.#iterator['return'];
    if (!this.#isDone && typeof end === 'function') Reflect.apply(end, this.#iterator, []);
  }
}
