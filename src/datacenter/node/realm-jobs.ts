// What a realm does about promise jobs: those of most are the host's; those of a program that its parent waits for, or
// that watches promises, are the engine's own, and so are its promises and async functions. Called by realm.ts and the
// loader.
import type { Steps } from './job-steps.ts';
import type { Jobs } from './jobs.ts';
import type { LibraryFunction } from './library.ts';
import type { Realm } from './realm.ts';
import { utf8Text } from './text.ts';

/**
 * Whether a main module says that it watches promises, which it can only where they are the engine's. A loop of those that
 * is left early does not wait: who only listens to `multipleResolves`, and has such loops, is better served by the host.
 */
const watches = (text: string): boolean =>
  !/\bawait\s+using\b/.test(text) &&
  (/\b(?:createHook|promiseHooks)\b/.test(text) ||
    (/\bmultipleResolves\b/.test(text) && !/\bfor\s+await\b/.test(text)));

function watchesPromises({ machine, options }: Realm): boolean {
  const main = machine.disk.find(options.command[0] ?? '');
  const text = typeof main === 'object' && main.kind === 'file' ? utf8Text(main.bytes) : '';
  return machine.thread?.watchesPromises === true || watches(text) || watches(`${options.flags}`);
}

export function jobsOf(realm: Realm): Jobs | null {
  if (!realm.machine.isAwaited && !watchesPromises(realm)) return null;
  // No room is left on the stack: there is when it is next called.
  let failure: unknown = null;
  return new realm.rare.Jobs({
    isEnding: () => realm.process.isEnding,
    rejected: (type, promise, reason) => {
      try {
        realm.promiseRejected(type, promise, reason);
        if (failure === null) return;
        const text = `Exception in PromiseRejectCallback:\n${String(failure)}\n\n`;
        failure = null;
        realm.machine.print('stderr', text);
      } catch (error) {
        failure = error;
      }
    },
    failed: (error) => realm.fatal(error),
    isAwaited: realm.machine.isAwaited,
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
