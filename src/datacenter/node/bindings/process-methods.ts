// The process object's native side: time, memory, directory, exit and signals to itself.
// Called by registry.ts. Groups of processes are refused with ESRCH.
import { defaultOf, SIGKILL, signalName } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';
import { fileError } from './fs-call.ts';
import type { HandleWrap } from './handle-wrap.ts';
import { perThreadSymbol } from './plain.ts';

const MIB = 1024 * 1024;
/** Node's own heap, which is not measured. */
const HEAP_BYTES = 6 * MIB;
const HEAP_USED_BYTES = 4 * MIB;

function directoryOf(realm: Realm, directory: string): string {
  const { resolve } = realm.requireBuiltin('path') as { resolve: (...parts: string[]) => string };
  const path = resolve(realm.workingDirectory, directory);
  const node = realm.machine.disk.find(path);
  const code = typeof node === 'string' ? node : node.kind === 'folder' ? null : 'ENOTDIR';
  if (code === null) return path;
  throw fileError(realm, code, { syscall: 'chdir', path: realm.workingDirectory, dest: directory });
}

/** With --trace-exit, who ended the process. */
function traceExit(realm: Realm, code: number): void {
  const { getOptionValue } = realm.requireBuiltin('internal/options') as {
    getOptionValue: (name: string) => unknown;
  };
  if (getOptionValue('--trace-exit') !== true) return;
  const { process, machine } = realm;
  const thread = machine.thread === undefined ? '' : `, thread:${machine.thread.id}`;
  const calls = String(new Error('').stack).split('\n').slice(3).join('\n');
  realm.output.print(
    'stderr',
    `(node:${process.pid}${thread}) WARNING: Exited the environment with code ${code}\n${calls}\n\n`,
  );
}

/** What Node calls handles here, by what async hooks call them. */
const RESOURCES: Readonly<Record<string, string>> = {
  FSEVENTWRAP: 'FSEventWrap',
  PIPESERVERWRAP: 'PipeServerWrap',
  PIPEWRAP: 'PipeWrap',
  PROCESSWRAP: 'ProcessWrap',
  SIGNALWRAP: 'SignalWrap',
  STATWATCHER: 'StatWatcher',
  TCPSERVERWRAP: 'TCPServerWrap',
  TCPSOCKETWRAP: 'TCPSocketWrap',
  TCPWRAP: 'TCPSocketWrap',
  UDPWRAP: 'UDPWrap',
};

const referenced = (realm: Realm): HandleWrap[] => [...realm.handles].filter((handle) => handle.isReferenced);

function ownerOf(handle: HandleWrap): unknown {
  return (handle as unknown as Record<symbol, unknown>)[perThreadSymbol('owner_symbol')] ?? handle;
}

/** A word for each timer and immediate that keeps the process alive. */
function timersOf(realm: Realm): string[] {
  const { timeoutInfo, immediateInfo } = realm.internalBinding('timers') as {
    timeoutInfo: Int32Array;
    immediateInfo: Uint32Array;
  };
  return [
    ...new Array<string>(timeoutInfo[0] ?? 0).fill('Timeout'),
    ...new Array<string>(immediateInfo[1] ?? 0).fill('Immediate'),
  ];
}

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
      realm.workingDirectory = directoryOf(realm, directory);
    },
    umask: (mask: number | undefined) => {
      const before = realm.umask;
      if (mask !== undefined) realm.umask = mask & 0o777;
      return before;
    },
    memoryUsage: (into: Float64Array) => {
      const { usedBytes, bufferBytes } = process.memory;
      into.set([usedBytes, HEAP_BYTES, HEAP_USED_BYTES, MIB + bufferBytes, bufferBytes]);
    },
    rss: () => process.memory.usedBytes,
    constrainedMemory: () => process.memory.limitBytes,
    availableMemory: () => process.memory.freeBytes,
    cpuUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    threadCpuUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    resourceUsage: (into: Float64Array) => into.fill(0).fill(Math.floor(process.cpuNs / 1000), 0, 1),
    reallyExit: (code: number) => {
      traceExit(realm, code);
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
    _getActiveRequests: () => [...realm.requests.keys()],
    _getActiveHandles: () => referenced(realm).map(ownerOf),
    getActiveResourcesInfo: () => [
      ...realm.requests.values(),
      ...referenced(realm).map(({ providerName }) => RESOURCES[providerName] ?? providerName),
      ...timersOf(realm),
    ],
    setEmitWarningSync: () => undefined,
    patchProcessObject: () => undefined,
    loadEnvFile: () => undefined,
  };
};
