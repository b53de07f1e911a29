// navigator.locks of one process: named locks, shared or exclusive, granted in the order of asking.
// Refuses stealing a lock. Called by registry.ts; the library's internal/locks does the checking.
import type { Binding, Callable, Realm } from '../realm.ts';

interface Asked {
  readonly name: string;
  readonly clientId: string;
  readonly mode: string;
  readonly grant: () => void;
}

const SHARED = 'shared';
const EXCLUSIVE = 'exclusive';

export const locks = (_realm: Realm): Binding => {
  const held: Asked[] = [];
  const pending: Asked[] = [];
  const isFree = ({ name, mode }: Asked, before: readonly Asked[]): boolean =>
    [...held, ...before].every((other) => other.name !== name || (mode === SHARED && other.mode === SHARED));
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
    LOCK_STOLEN_ERROR: 'LOCK_STOLEN',
    request: (
      name: string,
      clientId: string,
      mode: string,
      steal: boolean,
      ifAvailable: boolean,
      callback: Callable,
    ) => {
      if (steal)
        throw new Error(
          'expected a lock that waits, found `steal`: the data center does not take locks away',
        );
      return new Promise((resolve, reject) => {
        const run = async (lock: object | null): Promise<unknown> => callback(lock);
        const asked: Asked = {
          name,
          clientId,
          mode,
          grant: () => {
            const release = (): void => {
              held.splice(held.indexOf(asked), 1);
              grantAll();
            };
            run(shown(asked)).then(resolve, reject).finally(release);
          },
        };
        if (ifAvailable && !isFree(asked, pending)) run(null).then(resolve, reject);
        else {
          pending.push(asked);
          grantAll();
        }
      });
    },
    query: async () => ({ held: held.map(shown), pending: pending.map(shown) }),
  };
};
