// What a program learns of the computer it runs on: the simulated machine, never the reader's.
// Called by registry.ts; what it says is the same in every run.
import type { Binding, Realm } from '../realm.ts';

export const os = (realm: Realm): Binding => {
  const { machine, process } = realm;
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
    getPriority: () => 0,
    setPriority: () => 0,
    getUserInfo: () => ({ uid: 1000, gid: 1000, username: 'node', homedir: '/root', shell: '/bin/sh' }),
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
