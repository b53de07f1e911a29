// An async generator (ECMA-262, 27.6) over a plain one, of a program that its parent waits for: requests in their order,
// one at a time. The code yields Wait where it awaits and Delegate where it yields all of another. Made by jobs.ts.
import { capabilityOf } from './job-promise.ts';
import { Delegate, type Settle, type Steps, Wait, type Waiter } from './job-steps.ts';

type Method = 'next' | 'throw' | 'return';

interface Request {
  readonly method: Method;
  readonly value: unknown;
  readonly promise: object;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export class JobGenerator {
  readonly #jobs: Waiter;
  readonly #steps: Steps;
  readonly #requests: Request[] = [];
  #state: 'start' | 'waits' | 'runs' | 'done' = 'start';
  #delegate: Record<string, unknown> | null = null;

  constructor(jobs: Waiter, steps: Steps) {
    this.#jobs = jobs;
    this.#steps = steps;
    Object.defineProperty(this, Symbol.toStringTag, { value: 'AsyncGenerator' });
  }

  next(value?: unknown): object {
    return this.#ask('next', value);
  }

  throw(error?: unknown): object {
    return this.#ask('throw', error);
  }

  return(value?: unknown): object {
    return this.#ask('return', value);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #ask(method: Method, value: unknown): object {
    const { promise, resolve, reject } = capabilityOf(this.#jobs.Promise);
    this.#requests.push({ method, value, promise, resolve, reject });
    this.#goOn();
    return promise;
  }

  /** Takes up the first request, unless one is under way. */
  #goOn(): void {
    const request = this.#requests[0];
    if (request === undefined || this.#state === 'runs') return;
    const { method, value } = request;
    if (this.#state === 'start' && method !== 'next') this.#state = 'done';
    const isDone = this.#state === 'done';
    this.#state = 'runs';
    if (isDone) this.#afterEnd(method, value);
    else if (this.#delegate !== null) this.#pass(this.#delegate, method, value);
    else if (method === 'return')
      this.#wait(
        value,
        (settled) => this.#step('return', settled),
        (error) => this.#step('throw', error),
      );
    else this.#step(method, value);
  }

  #afterEnd(method: Method, value: unknown): void {
    if (method === 'next') this.#settle(undefined, true);
    else if (method === 'throw') this.#fail(value);
    else
      this.#wait(
        value,
        (settled) => this.#settle(settled, true),
        (error) => this.#fail(error),
      );
  }

  #step(method: Method, value: unknown): void {
    let result: IteratorResult<unknown>;
    try {
      const call = this.#steps[method] as (this: Steps, value: unknown) => IteratorResult<unknown>;
      result = call.call(this.#steps, value);
    } catch (error) {
      this.#fail(error);
      return;
    }
    const found = result.value;
    if (result.done === true && found === undefined) this.#settle(undefined, true);
    else if (result.done === true) {
      this.#wait(
        found,
        (settled) => this.#settle(settled, true),
        (error) => this.#fail(error),
      );
    } else if (found instanceof Delegate) {
      this.#delegate = found.iterator;
      this.#pass(found.iterator, 'next', undefined);
    } else {
      this.#wait(
        found instanceof Wait ? found.value : found,
        (settled) => (found instanceof Wait ? this.#step('next', settled) : this.#settle(settled, false)),
        (error) => this.#step('throw', error),
      );
    }
  }

  /** Hands a request on to what it yields all of. */
  #pass(iterator: Record<string, unknown>, method: Method, value: unknown): void {
    const leave = (how: Method, sent: unknown): void => {
      this.#delegate = null;
      this.#step(how, sent);
    };
    const call = iterator[method];
    if (typeof call !== 'function') {
      leave(method, value);
      return;
    }
    let given: unknown;
    try {
      given = Reflect.apply(call, iterator, [value]);
    } catch (error) {
      leave('throw', error);
      return;
    }
    this.#wait(
      given,
      (result) => {
        const { done, value: found } = result as IteratorResult<unknown>;
        if (done === true) leave(method === 'return' ? 'return' : 'next', found);
        else this.#settle(found, false);
      },
      (error) => leave('throw', error),
    );
  }

  #wait(value: unknown, fulfilled: Settle, rejected: Settle): void {
    this.#jobs.wait(value, fulfilled, rejected, this.#requests[0]?.promise);
  }

  #settle(value: unknown, done: boolean): void {
    this.#state = done ? 'done' : 'waits';
    this.#requests.shift()?.resolve({ value, done });
    this.#goOn();
  }

  #fail(error: unknown): void {
    this.#state = 'done';
    this.#requests.shift()?.reject(error);
    this.#goOn();
  }
}
