// The class `Promise` of a program that its parent waits for (ECMA-262, 27.2.3 to 27.2.5): the language's methods over
// the jobs of job-promise.ts. Refuses what the language refuses. Made by jobs.ts, one a realm.
import { type Capability, capabilityOf, type PromiseJobs } from './job-promise.ts';
import { isJobPromise } from './job-slots.ts';

type Callback = (...values: unknown[]) => unknown;
type Made = (new (executor: unknown) => object) & { resolve: (value: unknown) => { then: Callback } };
type Combine = (value: unknown, at: number, done: Combined) => { fulfilled: unknown; rejected: unknown };

interface Combined {
  readonly values: unknown[];
  readonly next: Capability;
  /** One more is there. */
  readonly add: (at: number, value: unknown) => void;
}

/** Waits for each; `finish` is called with all that add() was given. */
function combine(
  Class: Made,
  all: Iterable<unknown>,
  each: Combine,
  finish: (values: unknown[], next: Capability) => void,
): object {
  const next = capabilityOf(Class);
  try {
    const { resolve } = Class;
    if (typeof resolve !== 'function')
      throw new TypeError('Promise resolve or reject function is not callable');
    const values: unknown[] = [];
    let left = 1;
    let count = 0;
    const taken = new Set<number>();
    const add = (at: number, value: unknown): void => {
      if (taken.has(at)) return;
      taken.add(at);
      values[at] = value;
      if (--left === 0) finish(values, next);
    };
    for (const item of all) {
      const at = count++;
      left++;
      const { fulfilled, rejected } = each(item, at, { values, next, add });
      const promise = Reflect.apply(resolve, Class, [item]) as { then: Callback };
      promise.then(fulfilled, rejected);
    }
    if (--left === 0) finish(values, next);
  } catch (error) {
    next.reject(error);
  }
  return next.promise;
}

/** Static methods: `this` is the class, or one that extends it. */
const STATICS = {
  resolve(this: unknown, value?: unknown): object {
    if (isJobPromise(value) && (value as object).constructor === this) return value as object;
    const next = capabilityOf(this);
    next.resolve(value);
    return next.promise;
  },

  reject(this: unknown, reason?: unknown): object {
    const next = capabilityOf(this);
    next.reject(reason);
    return next.promise;
  },

  withResolvers(this: unknown): Capability {
    return capabilityOf(this);
  },

  try(this: unknown, callback: Callback, ...parameters: unknown[]): object {
    const next = capabilityOf(this);
    try {
      next.resolve(callback(...parameters));
    } catch (error) {
      next.reject(error);
    }
    return next.promise;
  },

  race(this: unknown, all: Iterable<unknown>): object {
    const each: Combine = (_item, _at, { next }) => ({ fulfilled: next.resolve, rejected: next.reject });
    return combine(this as Made, all, each, () => undefined);
  },

  all(this: unknown, all: Iterable<unknown>): object {
    const each: Combine = (_item, at, { add, next }) => ({
      fulfilled: (value: unknown) => add(at, value),
      rejected: next.reject,
    });
    return combine(this as Made, all, each, (values, next) => next.resolve(values));
  },

  allSettled(this: unknown, all: Iterable<unknown>): object {
    const each: Combine = (_item, at, { add }) => ({
      fulfilled: (value: unknown) => add(at, { status: 'fulfilled', value }),
      rejected: (reason: unknown) => add(at, { status: 'rejected', reason }),
    });
    return combine(this as Made, all, each, (values, next) => next.resolve(values));
  },

  any(this: unknown, all: Iterable<unknown>): object {
    const each: Combine = (_item, at, { add, next }) => ({
      fulfilled: next.resolve,
      rejected: (reason: unknown) => add(at, reason),
    });
    return combine(this as Made, all, each, (errors, next) =>
      next.reject(new AggregateError(errors, 'All promises were rejected')),
    );
  },
};

/** The class; `jobs` is what its promises are made of. */
export function promiseClass(jobs: PromiseJobs): PromiseConstructor {
  class JobPromise {
    constructor(executor: unknown) {
      if (typeof executor !== 'function')
        throw new TypeError(`Promise resolver ${String(executor)} is not a function`);
      const { resolve, reject } = jobs.begin(this);
      try {
        executor(resolve, reject);
      } catch (error) {
        reject(error);
      }
    }

    // biome-ignore lint/suspicious/noThenProperty: it is a promise.
    then(onFulfilled?: unknown, onRejected?: unknown): object {
      const own: unknown = this.constructor;
      const Species =
        own === undefined ? JobPromise : ((own as Record<symbol, unknown>)[Symbol.species] ?? JobPromise);
      const next =
        Species === JobPromise ? jobs.child(this, () => capabilityOf(JobPromise)) : capabilityOf(Species);
      jobs.react(this, onFulfilled, onRejected, next);
      return next.promise;
    }

    catch(onRejected?: unknown): object {
      return this.then(undefined, onRejected);
    }

    finally(onFinally?: unknown): object {
      if (typeof onFinally !== 'function') return this.then(onFinally, onFinally);
      const Class = this.constructor as unknown as Made;
      return this.then(
        (value: unknown) => Class.resolve(onFinally()).then(() => value),
        (reason: unknown) =>
          Class.resolve(onFinally()).then(() => {
            throw reason;
          }),
      );
    }
  }
  for (const [name, value] of Object.entries(STATICS))
    Object.defineProperty(JobPromise, name, { value, writable: true, configurable: true });
  Object.defineProperty(JobPromise, Symbol.species, {
    configurable: true,
    get(this: unknown) {
      return this;
    },
  });
  Object.defineProperty(JobPromise, 'name', { value: 'Promise', configurable: true });
  Object.defineProperty(JobPromise.prototype, Symbol.toStringTag, { value: 'Promise', configurable: true });
  return JobPromise as unknown as PromiseConstructor;
}
