// navigator.locks of one process: named locks, shared or exclusive, granted in the order of asking.
// Those who lose a lock to a thief are told so. Called by registry.ts; the library's internal/locks does the checking.

import type { Binding, Callable, Realm } from '../realm.ts';
import { newPromise } from '../realm-jobs.ts';

interface Asked {
  readonly name: string;
  readonly clientId: string;
  readonly mode: string;
  readonly grant: () => void;
  readonly lose: () => void;
}

const SHARED = 'shared';
const EXCLUSIVE = 'exclusive';
const STOLEN = 'LOCK_STOLEN';

export const locks = (realm: Realm): Binding => {
  const held: Asked[] = [];
  const pending: Asked[] = [];
  const isFree = ({ name, mode }: Asked, before: readonly Asked[]): boolean =>
    [...held, ...before].every((other) => other.name !== name || (mode === SHARED && other.mode === SHARED));
  /** False where it was taken away before. */
  const remove = (asked: Asked): boolean => {
    const at = held.indexOf(asked);
    if (at >= 0) held.splice(at, 1);
    return at >= 0;
  };
  const grantAll = (): void => {
    for (const asked of [...pending]) {
      if (!isFree(asked, pending.slice(0, pending.indexOf(asked)))) continue;
      pending.splice(pending.indexOf(asked), 1);
      held.push(asked);
      asked.grant();
    }
  };
  const shown = ({ name, clientId, mode }: Asked): object => ({ name, clientId, mode });
  return {
    LOCK_MODE_SHARED: SHARED,
    LOCK_MODE_EXCLUSIVE: EXCLUSIVE,
    LOCK_STOLEN_ERROR: STOLEN,
    request: (
      name: string,
      clientId: string,
      mode: string,
      steal: boolean,
      ifAvailable: boolean,
      callback: Callable,
    ) => {
      return newPromise(realm, (resolve, reject) => {
        const run = (lock: object | null): Promise<unknown> =>
          newPromise(realm, (done) => done(callback(lock)));
        const asked: Asked = {
          name,
          clientId,
          mode,
          grant: () => {
            const release = (): void => {
              if (!remove(asked)) return;
              grantAll();
            };
            run(shown(asked)).then(resolve, reject).finally(release);
          },
          lose: () => reject(new Error(STOLEN)),
        };
        if (steal) {
          for (const other of held.filter((each) => each.name === name)) if (remove(other)) other.lose();
          held.push(asked);
          asked.grant();
        } else if (ifAvailable && !isFree(asked, pending)) run(null).then(resolve, reject);
        else {
          pending.push(asked);
          grantAll();
        }
      });
    },
    query: () => newPromise(realm, (done) => done({ held: held.map(shown), pending: pending.map(shown) })),
  };
};
