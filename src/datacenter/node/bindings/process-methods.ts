// The process object's native side: time, memory, directory, exit and signals to itself.
// Called by registry.ts. Groups of processes are refused with ESRCH.
import { defaultOf, SIGKILL, signalName } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';

const PAGE_BYTES = 64 * 1024 * 1024;

export const processMethods = (realm: Realm): Binding => {
  const { process } = realm;
  const hrtimeBuffer = new Uint32Array(3);
  const startNs = process.nowNs;
  return {
    hrtimeBuffer,
    hrtime: () => {
      const ns = process.readClockNs();
      const seconds = Math.floor(ns / 1e9);
      hrtimeBuffer[0] = Math.floor(seconds / 2 ** 32);
      hrtimeBuffer[1] = seconds >>> 0;
      hrtimeBuffer[2] = ns % 1e9;
    },
    hrtimeBigInt: () => {
      new BigInt64Array(hrtimeBuffer.buffer, 0, 1)[0] = BigInt(process.readClockNs());
    },
    uptime: () => (process.readClockNs() - startNs) / 1e9,
    cwd: () => realm.workingDirectory,
    chdir: (directory: string) => {
      realm.workingDirectory = directory;
    },
    umask: () => 0o22,
    memoryUsage: (into: Float64Array) => into.fill(PAGE_BYTES),
    rss: () => PAGE_BYTES,
    constrainedMemory: () => 0,
    availableMemory: () => PAGE_BYTES * 8,
    cpuUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    threadCpuUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    resourceUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    reallyExit: (code: number) => {
      realm.end({ code, signal: null, why: `exited with code ${code}` });
      realm.guard?.halt();
      // Nothing of the program goes on: what it catches has no effect any more.
      throw new Error(`the process exits with code ${code}`);
    },
    abort: () => realm.end({ code: 134, signal: null, why: 'aborted' }),
    _kill: (pid: number, signal: number) => {
      if (signal !== 0 && signalName(signal) === undefined) return realm.errno('EINVAL');
      if (!realm.machine.signal(pid, 0)) return realm.errno('ESRCH');
      const isHeard = (process.onSignal.get(signal)?.size ?? 0) > 0 && signal !== SIGKILL;
      if (pid === process.pid && !isHeard && defaultOf(signal) === 'end' && signal !== 0) {
        const name = signalName(signal) ?? null;
        realm.end({ code: null, signal: name, why: `killed itself with ${name}` });
      } else process.kernel(() => realm.machine.signal(pid, signal));
      return 0;
    },
    _rawDebug: (text: string) => realm.output.print('stderr', `${text}\n`),
    _getActiveRequests: () => [],
    _getActiveHandles: () => [],
    getActiveResourcesInfo: () => [],
    setEmitWarningSync: () => undefined,
    patchProcessObject: () => undefined,
    loadEnvFile: () => undefined,
  };
};
