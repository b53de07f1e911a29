// Who a process runs as: user 1000 of group 1000, on every machine. Nobody else is known but `root` and `nobody`, and
// an ordinary user may become nobody else. Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';

const USER = 1000;
const IDS: Readonly<Record<string, number>> = { root: 0, node: USER, nobody: 65_534, nogroup: 65_534 };
const UNKNOWN = 1;

function notPermitted(realm: Realm, syscall: string): Error {
  const errno = realm.errno('EPERM');
  return Object.assign(new Error('EPERM, Operation not permitted'), {
    errno: -errno,
    code: 'EPERM',
    syscall,
  });
}

const idOf = (named: number | string): number | undefined => (typeof named === 'string' ? IDS[named] : named);

export const credentials = (realm: Realm): Binding => {
  const setter = (syscall: string) => (named: number | string) => {
    const id = idOf(named);
    if (id === undefined) return UNKNOWN;
    if (id !== USER) throw notPermitted(realm, syscall);
    return 0;
  };
  return {
    safeGetenv: (name: string) => (realm.processObject['env'] as Record<string, string>)[name],
    getTempDir: () => '/tmp',
    implementsPosixCredentials: true,
    getuid: () => USER,
    geteuid: () => USER,
    getgid: () => USER,
    getegid: () => USER,
    getgroups: () => [USER],
    setuid: setter('setuid'),
    seteuid: setter('seteuid'),
    setgid: setter('setgid'),
    setegid: setter('setegid'),
    /** Zero, or the place of the first unknown group, from 1. */
    setgroups: (groups: readonly (number | string)[]) => {
      const unknown = groups.findIndex((named) => idOf(named) === undefined);
      if (unknown >= 0) return unknown + 1;
      throw notPermitted(realm, 'setgroups');
    },
    initgroups: (user: number | string, group: number | string) => {
      if (idOf(user) === undefined) return UNKNOWN;
      if (idOf(group) === undefined) return 2;
      throw notPermitted(realm, 'initgroups');
    },
  };
};
