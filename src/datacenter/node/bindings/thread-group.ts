// What the threads of one process share, and what makes a realm one of them. Holds no thread itself.
// Called by worker.ts and message-port.ts; passed through realm-host.ts to whoever starts the thread.
import type { Process } from '../../machine/process.ts';
import type { Realm } from '../realm.ts';
import type { PortEnd } from './message-channel.ts';

/** What the threads of one process share. */
export interface ThreadGroup {
  /** As every thread sees it. */
  readonly pid: number;
  nextThreadId: number;
  /** Ports of broadcast channels by their names. */
  readonly broadcasts: Map<string, Set<PortEnd>>;
}

/** What makes a realm a thread of another's process. */
export interface ThreadSpec {
  readonly id: number;
  readonly name: string;
  readonly group: ThreadGroup;
  /** To the Worker that started it. */
  readonly port: PortEnd;
  /** The environment of who started it, where it is shared (SHARE_ENV). */
  readonly sharedEnvironment: object | null;
  readonly resourceLimits: Float64Array;
  /** Its promises are the engine's, so that hooks hear of them. */
  readonly watchesPromises: boolean;
  /** Hears which process of the kernel runs the thread. */
  readonly started: (process: Process) => void;
}

const groups = new WeakMap<Realm, ThreadGroup>();

export function groupOf(realm: Realm): ThreadGroup {
  let group = realm.machine.thread?.group ?? groups.get(realm);
  if (group === undefined) {
    group = { pid: realm.process.pid, nextThreadId: 1, broadcasts: new Map() };
    groups.set(realm, group);
  }
  return group;
}
