// What a program learns of the computer it runs on: the simulated machine, never the reader's.
// Called by registry.ts; what it says is the same in every run.
import type { Binding, Realm } from '../realm.ts';
import { inEncoding } from './fs-names.ts';

export const os = (realm: Realm): Binding => {
  const { machine, process } = realm;
  let priority = 0;
  const isOwn = (pid: number): boolean => pid === 0 || pid === process.pid;
  const failed = (syscall: string, code: string, context: object): number => {
    const errno = realm.errno(code);
    const getMessage = realm.internalBinding('uv')['getErrorMessage'] as (errno: number) => string;
    Object.assign(context, { syscall, errno, code, message: getMessage(errno) });
    return errno;
  };
  const uptimeSeconds = (): number => (process.nowNs - machine.bootedNs) / 1e9;
  return {
    getHostname: () => machine.name,
    getUptime: uptimeSeconds,
    getTotalMem: () => process.memory.limitBytes,
    getFreeMem: () => process.memory.freeBytes,
    getHomeDirectory: () => '/root',
    getAvailableParallelism: () => machine.cores,
    isBigEndian: false,
    getOSInformation: () => ['Linux', '#1 Brownout', '6.1.0', 'x86_64'],
    getCPUs: () =>
      Array.from({ length: machine.cores }, () => ['Simulated core', 1000, 0, 0, 0, 0, 0]).flat(),
    getLoadAvg: (into: Float64Array) => into.fill(0),
    getPriority: (pid: number, context: object) => {
      if (isOwn(pid)) return priority;
      failed('uv_os_getpriority', 'ESRCH', context);
      return undefined;
    },
    // Noted, and no more: the cores of a machine take turns with all processes alike.
    setPriority: (pid: number, next: number, context: object) => {
      if (!isOwn(pid)) return failed('uv_os_setpriority', 'ESRCH', context);
      if (next < priority) return failed('uv_os_setpriority', 'EACCES', context);
      priority = next;
      return 0;
    },
    getUserInfo: (options: { readonly encoding?: unknown } | null) => {
      const names = { username: 'node', homedir: '/root', shell: '/bin/sh' };
      const shown = Object.entries(names).map(([name, text]) => [
        name,
        inEncoding(realm, text, options?.encoding),
      ]);
      return { uid: 1000, gid: 1000, ...Object.fromEntries(shown) };
    },
    getInterfaceAddresses: () => [
      'lo',
      '127.0.0.1',
      '255.0.0.0',
      'IPv4',
      '00:00:00:00:00:00',
      true,
      -1,
      'lo',
      '::1',
      'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
      'IPv6',
      '00:00:00:00:00:00',
      true,
      0,
      'eth0',
      machine.address,
      '255.255.255.0',
      'IPv4',
      '02:00:00:00:00:01',
      false,
      -1,
    ],
  };
};
