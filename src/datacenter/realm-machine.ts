// What a program may ask of the machine it runs on: kernel, names, log, and processes. One for each process: a
// child prints where its parent said. Called by run.ts.
import { formatAddress } from './base/address.ts';
import type { MachineSpec } from './contract.ts';
import { environmentOf } from './environment.ts';
import type { Hosts } from './hosts.ts';
import type { Computer } from './machine/computer.ts';
import type { PipeEnd } from './machine/pipe.ts';
import type { Process, Program } from './machine/process.ts';
import type { Nested } from './nested.ts';
import type { ChildSpec, RealmMachine, Stdio } from './node/realm-host.ts';
import { utf8Bytes, utf8Text } from './node/text.ts';

/** From the call of kill() until the other process is interrupted. */
const SIGNAL_NS = 50_000;

export interface RealmMachineOptions {
  readonly spec: MachineSpec;
  readonly computer: Computer;
  readonly hosts: Hosts;
  readonly log: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly process: Process;
  readonly spawn: (child: ChildSpec) => number | 'EAGAIN';
  /** Does something so much later. */
  readonly later: (ns: number, task: () => void) => void;
  readonly nested: Nested;
  /** Where a child's output goes; the machine's log by default. */
  readonly stdio?: readonly Stdio[];
  readonly thread?: ChildSpec['thread'];
}

export function realmMachine(options: RealmMachineOptions): RealmMachine {
  const { spec, computer, hosts, log, process, spawn, stdio, later, nested } = options;
  return {
    name: spec.name,
    address: formatAddress(computer.address),
    disk: computer.disk,
    cores: spec.cores ?? 1,
    bootedNs: computer.bootedNs,
    get tcp() {
      return computer.tcp;
    },
    get udp() {
      return computer.udp;
    },
    unix: computer.unix,
    ...hosts.seenFrom(spec),
    print:
      stdio === undefined
        ? (stream, what) => log(stream, textOf(what))
        : (stream, what) => printTo(stdio[stream === 'stdout' ? 1 : 2], what, log, process),
    spawn,
    isAwaited: nested.isActive,
    wait: (what) => nested.wait(what),
    outside: (task) => nested.outside(task),
    later,
    ...(options.thread === undefined ? {} : { thread: options.thread }),
    signal: (pid, signal) => {
      const entry = computer.processes.entry(pid);
      if (signal !== 0) later(SIGNAL_NS, () => entry?.process.signal(signal));
      return entry !== undefined;
    },
  };
}

const textOf = (what: string | Uint8Array): string => (typeof what === 'string' ? what : utf8Text(what));

/** A full pipe takes it all the same, but who writes does not run again until it was read. */
function printTo(
  to: Stdio | undefined,
  what: string | Uint8Array,
  log: RealmMachineOptions['log'],
  process: Process,
): void {
  if (to?.kind === 'log') log(to.stream, textOf(what));
  if (to?.kind !== 'pipe') return;
  const { end } = to;
  end.write(typeof what === 'string' ? utf8Bytes(what) : what, null, true);
  if (end.isOverfull) end.drained ??= process.waitToWrite();
}

/** Starts a child of a process; the ends of pipes that it was given close when it ends. Gives its number. */
export function startChild(
  computer: Computer,
  child: ChildSpec,
  make: (process: Process) => Program,
  gone: (process: Process) => void,
): number | 'EAGAIN' {
  if (computer.processes.isFull) return 'EAGAIN';
  const process: Process = computer.spawn({
    atNs: child.parent.nowNs,
    parent: child.parent.pid,
    command: child.command,
    isThread: child.thread !== undefined,
    make,
    ended: (end) => {
      gone(process);
      child.ended(end);
    },
  });
  child.thread?.started(process);
  for (const each of child.thread === undefined ? child.stdio : []) {
    if (each.kind === 'pipe') process.onEnd.add(() => each.end.close());
  }
  return process.pid;
}

/** What the realm of a machine's main process is made with; `stdin` is what it reads, if anything. */
export function mainOptions(
  spec: MachineSpec,
  run: { readonly sandbox: string; readonly seed: number; readonly nodeFlags?: readonly string[] },
  stdin: PipeEnd | null,
) {
  const workingDirectory = `/srv/${run.sandbox}`;
  const stdio: readonly Stdio[] | null = stdin && [
    { kind: 'pipe', end: stdin },
    { kind: 'log', stream: 'stdout' },
    { kind: 'log', stream: 'stderr' },
  ];
  return {
    workingDirectory,
    environment: environmentOf(spec, String(run.seed >>> 0)),
    command: [absolutePath(workingDirectory, spec.program), ...(spec.arguments ?? [])],
    flags: run.nodeFlags ?? [],
    ...(stdio && { stdio }),
  };
}

/** What the realm of a child is made with. */
export function childOptions(child: ChildSpec) {
  const { environment, workingDirectory, stdio, options, parent, argv0 } = child;
  const [main = '', ...parameters] = child.command;
  return {
    environment,
    workingDirectory,
    stdio,
    flags: options,
    argv0,
    parentPid: parent.pid,
    command: [absolutePath(workingDirectory, main), ...parameters],
  };
}

/** Of a main module. */
function absolutePath(directory: string, file: string): string {
  const kept: string[] = [];
  for (const part of (file.startsWith('/') ? file : `${directory}/${file}`).split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return `/${kept.join('/')}`;
}
