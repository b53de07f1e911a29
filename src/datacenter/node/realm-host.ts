// What a realm asks of the machine it runs on, and how it asks for another process. Types only.
// Implemented by ../realm-machine.ts; used by realm.ts and the bindings.
import type { Disk } from '../machine/disk.ts';
import type { PipeEnd } from '../machine/pipe.ts';
import type { Process, ProcessEnd } from '../machine/process.ts';
import type { TcpStack } from '../machine/tcp-stack.ts';
import type { UdpStack } from '../machine/udp.ts';
import type { UnixSockets } from '../machine/unix-sockets.ts';
import type { ThreadSpec } from './bindings/thread-group.ts';

/** What a realm asks of the machine it runs on. */
export interface RealmMachine {
  readonly name: string;
  /** Dotted, such as `10.0.0.2`. */
  readonly address: string;
  readonly disk: Disk;
  readonly tcp: TcpStack;
  readonly udp: UdpStack;
  readonly unix: UnixSockets;
  /** Addresses of a host name, dotted; empty where nobody has the name. */
  resolve(hostName: string): readonly string[];
  /** The host name of a dotted address; null where nobody of the cluster has it. */
  nameOf(address: string): string | null;
  /** Dotted addresses of the DNS servers that it asks, as in resolv.conf. */
  readonly nameServers: readonly string[];
  /** Bytes only where it leads into a pipe. */
  print(stream: 'stdout' | 'stderr', what: string | Uint8Array): void;
  readonly cores: number;
  readonly bootedNs: number;
  /** Starts a Node program as a process of this machine; gives its number. */
  spawn(child: ChildSpec): number | 'EAGAIN';
  /** Its parent waits for it within a turn: the host runs no promise jobs meanwhile. */
  readonly isAwaited: boolean;
  /** Lets time pass within a turn, for what it waits for: nothing else happens meanwhile. */
  wait(what: WaitFor): WaitOutcome;
  /** Does something outside of all waits, at the present time. */
  outside(task: () => void): void;
  /** Does something so much later. */
  later(ns: number, task: () => void): void;
  /** Where the realm is a thread of another's process. */
  readonly thread?: ThreadSpec;
  /** False where the machine has no process of this number. */
  signal(pid: number, signal: number): boolean;
}

export interface WaitFor {
  /** The time of the process that waits. */
  readonly atNs: number;
  /** `outside` does something at the present time where the process that waits will be. */
  readonly begin: (outside: (task: () => void) => void) => void;
  readonly isDone: () => boolean;
}

export interface WaitOutcome {
  readonly endNs: number;
  /** What ended it before its time; null where nothing did. */
  readonly refused:
    | 'another machine'
    | 'no end'
    | 'promises of code made by eval()'
    | 'nothing to wait for'
    | null;
}

/** What stands at a place among a process's files when it starts. */
export type Stdio =
  | { readonly kind: 'pipe'; readonly end: PipeEnd }
  | { readonly kind: 'log'; readonly stream: 'stdout' | 'stderr' }
  | { readonly kind: 'nothing' };

export interface ChildSpec {
  readonly parent: Process;
  /** Node's own options. */
  readonly options: readonly string[];
  /** The main module as it was asked for, then its arguments. */
  readonly command: readonly string[];
  /** What the command is called by. */
  readonly argv0?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly stdio: readonly Stdio[];
  /** A further thread of the parent, and no process of its own. */
  readonly thread?: ThreadSpec;
  readonly ended: (end: ProcessEnd) => void;
}
