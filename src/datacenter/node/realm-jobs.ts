// What a realm does about promise jobs: those of most are the host's; those of a program that its parent waits for are
// the engine's own, and so are its promises and async functions. Called by realm.ts and the loader.
import type { Steps } from './job-steps.ts';
import type { Jobs } from './jobs.ts';
import type { LibraryFunction } from './library.ts';
import type { Realm } from './realm.ts';

export function jobsOf(realm: Realm): Jobs {
  return new realm.rare.Jobs({
    isEnding: () => realm.process.isEnding,
    rejected: (type, promise, reason) => realm.promiseRejected(type, promise, reason),
  });
}

/** A module of the library, its async functions being such as the realm can run. */
export function libraryFunction(realm: Realm, id: string): LibraryFunction {
  if (realm.jobs === null) return realm.library.function(id);
  return realm.library.functionWith(id, (text) => {
    if (!/\basync\b|\bPromise\b/.test(text)) return text;
    return realm.options.code.withJobs(text, `node:${id}`);
  });
}

/** An async function of the engine's own: `steps` yields what it waits for. */
export function runSteps<T>(
  realm: Realm,
  steps: () => Generator<unknown, T | PromiseLike<T>, never>,
): Promise<T> {
  if (realm.jobs !== null)
    return realm.jobs.run(steps as () => unknown as () => Steps, undefined, []) as Promise<T>;
  return (async () => {
    const running = steps() as Generator<unknown, T | PromiseLike<T>, unknown>;
    let result = running.next();
    while (result.done !== true) {
      let value: unknown;
      try {
        value = await result.value;
      } catch (error) {
        result = running.throw(error);
        continue;
      }
      result = running.next(value);
    }
    return result.value;
  })();
}

/** `new Promise()` of the realm. */
export function newPromise(
  realm: Realm,
  executor: (resolve: (value?: unknown) => void, reject: (reason?: unknown) => void) => void,
): Promise<unknown> {
  return new (realm.jobs?.Promise ?? Promise)(executor);
}
