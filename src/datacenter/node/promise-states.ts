// States of promises that Node's library makes with their resolvers (web streams ask for them again): noted when they
// are settled, for JavaScript cannot see the state of a promise. Of all others nothing is known here.
// Called by primordials.ts and bindings/util.ts.

type State = readonly [state: 0] | readonly [state: 1 | 2, result: unknown];

const PENDING: State = [0];
const states = new WeakMap<object, State>();
const withResolvers = Promise.withResolvers?.bind(Promise) ?? resolversOf;

/** What util's getPromiseDetails says; undefined where nothing is known. */
export const promiseState = (promise: object): State | undefined => states.get(promise);

/** `PromiseWithResolvers` of the library. */
export function notedResolvers(): PromiseWithResolvers<unknown> {
  const { promise, resolve, reject } = withResolvers<unknown>();
  states.set(promise, PENDING);
  const isPending = (): boolean => states.get(promise) === PENDING;
  return {
    promise,
    resolve: (value) => {
      // A promise of its own may take long: from here on the state is not known.
      const isObject = value !== null && (typeof value === 'object' || typeof value === 'function');
      if (isPending()) {
        if (isObject) states.delete(promise);
        else states.set(promise, [1, value]);
      }
      resolve(value);
    },
    reject: (reason) => {
      if (isPending()) states.set(promise, [2, reason]);
      reject(reason);
    },
  };
}

function resolversOf<T>(): PromiseWithResolvers<T> {
  const made = {} as PromiseWithResolvers<T>;
  made.promise = new Promise<T>((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
