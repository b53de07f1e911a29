// The frame of values that AsyncLocalStorage reads, carried over every wait: one is current in the thread, for one
// process runs at a time. JavaScript cannot see promise jobs begin. So compiled code passes what it awaits through
// keep(), which puts a job of ours right before the one that goes on, and Promise's `then` binds its callbacks.
// Nothing of this happens before a program asks for node:async_hooks. Code made by eval keeps no frame, of promises
// left rejected the process is told outside of any, and stacks of errors end at the await that was kept.

import { takeAgain } from './intrinsics.ts';

let frame: unknown;
let isTracked = false;
let isBound = false;
const frames = new WeakMap<object, unknown>();

// As they are before any program runs.
const hostPromise = Promise;
const hostResolve = Promise.resolve;
const hostThen = Promise.prototype.then;

export const currentFrame = (): unknown => frame;

export const setFrame = (next: unknown): void => {
  frame = next;
};

/** Keeps the frame of a process whose turn is not over while others have theirs; the function gives it back. */
export function heldFrame(): () => void {
  const held = frame;
  const wasTracked = isTracked;
  return () => {
    frame = held;
    isTracked = wasTracked;
  };
}

/** A handle or request of the library belongs to the frame that it was made in, or put to use again. */
export function keepFrameOf(resource: object): void {
  if (!isTracked) return;
  if (frame === undefined) frames.delete(resource);
  else frames.set(resource, frame);
}

/** Makes a resource's frame the current one; gives the frame before it. */
export function enterFrameOf(resource: unknown): unknown {
  if (!isTracked) return undefined;
  const before = frame;
  frame = resource !== null && typeof resource === 'object' ? frames.get(resource) : undefined;
  return before;
}

/** A turn of a process begins, outside of any frame; `tracks` says whether its program uses frames. */
export function beginTurn(tracks: boolean): void {
  frame = undefined;
  isTracked = tracks;
}

/** From here on frames follow promises, in the turns of this process. */
export function trackFrames(): void {
  isTracked = true;
  if (isBound) return;
  isBound = true;
  const binding = {
    // biome-ignore lint/suspicious/noThenProperty: it is to be Promise.prototype.then.
    then(this: Promise<unknown>, onFulfilled?: unknown, onRejected?: unknown): Promise<unknown> {
      if (!isTracked) return hostThen.call(this, onFulfilled as Reaction, onRejected as Reaction);
      return hostThen.call(this, boundTo(frame, onFulfilled), boundTo(frame, onRejected));
    },
  };
  Object.defineProperty(hostPromise.prototype, 'then', {
    value: binding.then,
    writable: true,
    configurable: true,
  });
  takeAgain(hostPromise.prototype, 'then');
}

type Reaction = ((value: unknown) => unknown) | undefined;

function boundTo(captured: unknown, callback: unknown): Reaction {
  if (typeof callback !== 'function') return callback as undefined;
  return (value) => {
    const before = frame;
    frame = captured;
    try {
      return (callback as (value: unknown) => unknown)(value);
    } finally {
      frame = before;
    }
  };
}

/** `PromisePrototypeThen` of the library, which is taken before anything is tracked. */
export function thenKept(promise: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): unknown {
  const bind = (callback: unknown): Reaction =>
    isTracked ? boundTo(frame, callback) : (callback as Reaction);
  return hostThen.call(promise, bind(onFulfilled), bind(onRejected));
}

/** What compiled code awaits: `await keep(x)` ends in the frame that it began in, in as many jobs as `await x`. */
export function keep(value: unknown): unknown {
  if (!isTracked) return value;
  const captured = frame;
  const restore = (): void => {
    frame = captured;
  };
  const promise = hostResolve.call(hostPromise, value);
  // The reaction just before the one of `await`: nothing can come between the two.
  hostThen.call(promise, restore, restore);
  return promise;
}

type Step = (...parameters: unknown[]) => unknown;

/** What `for await` goes through: each of its waits is kept. */
export function keepEach(source: unknown): unknown {
  if (!isTracked || source === null || source === undefined) return source;
  const iterate = (source as Record<symbol, unknown>)[Symbol.asyncIterator];
  if (typeof iterate !== 'function') return source;
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = (iterate as Step).call(source) as Record<string, unknown>;
      const step = (name: string): Step | undefined => {
        const call = iterator[name];
        return typeof call === 'function'
          ? (...parameters) => keep((call as Step).apply(iterator, parameters))
          : (call as undefined);
      };
      return {
        next: step('next'),
        get return() {
          return step('return');
        },
      };
    },
  };
}
