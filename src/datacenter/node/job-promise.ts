// Promises whose jobs the engine itself can run, for a program that its parent waits for: the host's own promises would
// wait for the parent's turn to end (ECMA-262, 27.2). One class a realm. Refuses promises of the host: what they wait
// for could not come. Made by jobs.ts.
import { currentFrame, setFrame } from './async-context.ts';
import { isJobPromise, isObject, type Job, slots } from './job-slots.ts';

type Callback = (value: unknown) => unknown;

/** What a promise class asks of the realm. */
export interface JobQueue {
  enqueue(job: Job): void;
  /** 0: rejected and nobody listens; 1: somebody does after all; 2 or 3: resolved or rejected once more. */
  rejected(type: RejectionType, promise: object, reason: unknown): void;
  /** A promise of the host is waited for. */
  foreign(promise: Promise<unknown>): void;
  /** A hook threw. */
  failed(error: unknown): void;
}

export type RejectionType = 0 | 1 | 2 | 3;

/** What async_wrap's setPromiseHooks takes: each is told of a promise, the first of its parent too. */
export type PromiseHooks = readonly [
  init?: PromiseHook,
  before?: PromiseHook,
  after?: PromiseHook,
  settled?: PromiseHook,
];
type PromiseHook = (promise: object, parent?: object) => void;

export interface Capability {
  readonly promise: object;
  readonly resolve: (value?: unknown) => void;
  readonly reject: (reason?: unknown) => void;
}

type Maker = (new (executor: unknown) => object) & { resolve?: Callback };

const HostPromise = Promise;

/** A promise of any class, with what settles it. */
export function capabilityOf(Made: unknown): Capability {
  if (typeof Made !== 'function') throw new TypeError('Promise method called on a receiver that is no class');
  let resolve: unknown;
  let reject: unknown;
  const promise = new (Made as Maker)((one: unknown, other: unknown) => {
    if (resolve !== undefined || reject !== undefined)
      throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    resolve = one;
    reject = other;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function')
    throw new TypeError('Promise resolve or reject function is not callable');
  return { promise, resolve, reject } as Capability;
}

/** What settling, waiting and the class itself are made of, for one realm. */
export class PromiseJobs {
  hooks: PromiseHooks = [];
  readonly #queue: JobQueue;
  #parent: object | undefined;

  constructor(queue: JobQueue) {
    this.#queue = queue;
  }

  /** Gives the object what makes it a promise. */
  begin(promise: object): Omit<Capability, 'promise'> {
    slots.set(promise, { state: 0, value: undefined, isHandled: false, reactions: [] });
    const parent = this.#parent;
    this.#parent = undefined;
    this.#tell(0, promise, parent);
    return this.#resolvers(promise);
  }

  /** The same for one that follows another. */
  child<T>(parent: object | undefined, make: () => T): T {
    this.#parent = parent;
    const made = make();
    this.#parent = undefined;
    return made;
  }

  /** Await of ECMA-262, 27.7.5.3. Hooks are told of a promise that stands for what goes on afterwards. */
  wait(promise: object, fulfilled: Callback, rejected: Callback): void {
    const goesOn = this.hooks.length > 0 ? (Object.create(Object.getPrototypeOf(promise)) as object) : null;
    if (goesOn !== null) {
      slots.set(goesOn, { state: 0, value: undefined, isHandled: true, reactions: [] });
      this.#tell(0, goesOn, promise);
    }
    const settle = (): void => this.#tell(3, goesOn as object);
    this.react(promise, fulfilled, rejected, goesOn && { promise: goesOn, resolve: settle, reject: settle });
  }

  /** PerformPromiseThen: callbacks and, where there is one, the promise that follows. */
  react(promise: object, onFulfilled: unknown, onRejected: unknown, next: Capability | null): void {
    const slot = slots.get(promise);
    if (slot === undefined)
      throw new TypeError('Promise.prototype.then called on an object that is no promise');
    const frame = currentFrame();
    const job = (callback: unknown, settle: 'resolve' | 'reject'): Job => {
      return () => {
        setFrame(frame);
        this.#around(next?.promise, () => {
          if (typeof callback !== 'function') {
            next?.[settle](slot.value);
            return;
          }
          try {
            const result: unknown = (callback as Callback)(slot.value);
            next?.resolve(result);
          } catch (error) {
            next?.reject(error);
          }
        });
      };
    };
    const reaction = { fulfilled: job(onFulfilled, 'resolve'), rejected: job(onRejected, 'reject') };
    if (slot.state === 0) slot.reactions.push(reaction);
    else {
      if (slot.state === 2 && !slot.isHandled) this.#queue.rejected(1, promise, undefined);
      this.#queue.enqueue(slot.state === 1 ? reaction.fulfilled : reaction.rejected);
    }
    slot.isHandled = true;
  }

  #resolvers(promise: object): Omit<Capability, 'promise'> {
    let isResolved = false;
    const once = (again: RejectionType, settle: (value: unknown) => void) => (value?: unknown) => {
      if (isResolved) this.#queue.rejected(again, promise, value);
      else {
        isResolved = true;
        settle(value);
      }
    };
    return {
      resolve: once(2, (value) => this.#resolve(promise, value)),
      reject: once(3, (reason) => this.#settle(promise, 2, reason)),
    };
  }

  #resolve(promise: object, value: unknown): void {
    if (value === promise) {
      this.#settle(promise, 2, new TypeError('Chaining cycle detected for promise #<Promise>'));
      return;
    }
    if (!isObject(value)) {
      this.#settle(promise, 1, value);
      return;
    }
    let then: unknown;
    try {
      then = value['then'];
    } catch (error) {
      this.#settle(promise, 2, error);
      return;
    }
    if (typeof then !== 'function') {
      this.#settle(promise, 1, value);
      return;
    }
    const { resolve, reject } = this.#resolvers(promise);
    const frame = currentFrame();
    this.#queue.enqueue(() => {
      setFrame(frame);
      this.#around(promise, () => {
        try {
          Reflect.apply(then as Callback, value, [resolve, reject]);
        } catch (error) {
          reject(error);
        }
      });
      if (value instanceof HostPromise) this.#queue.foreign(value);
    });
  }

  #settle(promise: object, state: 1 | 2, value: unknown): void {
    const slot = slots.get(promise);
    if (slot === undefined || slot.state !== 0) return;
    this.#tell(3, promise);
    slot.state = state;
    slot.value = value;
    const { reactions } = slot;
    slot.reactions = [];
    if (state === 2 && !slot.isHandled) this.#queue.rejected(0, promise, value);
    for (const each of reactions) this.#queue.enqueue(state === 1 ? each.fulfilled : each.rejected);
  }

  #around(promise: object | undefined, job: Job): void {
    const isSeen = promise !== undefined && isJobPromise(promise);
    if (isSeen) this.#tell(1, promise);
    job();
    if (isSeen) this.#tell(2, promise);
  }

  #tell(which: 0 | 1 | 2 | 3, promise: object, parent?: object): void {
    const hook = this.hooks[which];
    if (hook === undefined) return;
    try {
      hook(promise, parent);
    } catch (error) {
      this.#queue.failed(error);
    }
  }
}
