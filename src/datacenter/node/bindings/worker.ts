// worker_threads' native side: a Worker is a further realm with a loop and a CPU thread of its own, on the same machine
// and in the same process: it ends with it. Refuses heap snapshots and profiles, by name. Called by registry.ts; what
// runs in the new thread begins in ../worker-thread.ts.
import type { Process, ProcessEnd } from '../../machine/process.ts';
import type { Binding, Realm } from '../realm.ts';
import { HandleWrap } from './handle-wrap.ts';
import { channel, type PortEnd } from './message-channel.ts';
import { handleOf, type Port, portOf } from './message-port.ts';
import { groupOf } from './thread-group.ts';

type Environment = Record<string, string>;

class WorkerHandle extends HandleWrap {
  readonly messagePort: Port;
  readonly threadId: number;
  readonly threadName: string;
  onexit: ((code: number, error: string | null, reason: string | null) => void) | null | undefined;
  readonly invalidExecArgv: readonly string[] | undefined;
  readonly invalidNodeOptions: readonly string[] | undefined;
  readonly #port: PortEnd;
  readonly #environment: Environment | null | undefined;
  readonly #flags: readonly string[];
  readonly #limits: Float64Array;
  #process: Process | null = null;
  #hasEnded = false;

  constructor(
    realm: Realm,
    environment: Environment | null | undefined,
    flags: readonly string[] | undefined,
    limits: Float64Array | undefined,
    name: string,
  ) {
    super(realm, 'WORKER');
    const [ours, theirs] = channel();
    this.messagePort = portOf(realm, ours);
    this.#port = theirs;
    this.threadId = groupOf(realm).nextThreadId++;
    this.threadName = name;
    this.#environment = environment;
    // As on a command line, flags end at `--`.
    const end = flags?.indexOf('--') ?? -1;
    const given = end < 0 ? flags : flags?.slice(0, end);
    this.#flags = given ?? realm.options.flags;
    this.#limits = (limits ?? new Float64Array(4)).slice();
    const known = realm.library.data('options')['values'] as object;
    this.invalidExecArgv = refusedOf(known, OF_PROCESS, given ?? []);
    this.invalidNodeOptions = refusedOf(known, null, (environment?.['NODE_OPTIONS'] ?? '').split(' '));
  }

  startThread(): void {
    const { realm } = this;
    const own = realm.processObject['env'] as Environment;
    const started = realm.machine.spawn({
      parent: realm.process,
      options: this.#flags,
      command: [''],
      environment: { ...(this.#environment ?? own) },
      workingDirectory: realm.workingDirectory,
      stdio: realm.options.stdio ?? [
        { kind: 'nothing' },
        { kind: 'log', stream: 'stdout' },
        { kind: 'log', stream: 'stderr' },
      ],
      thread: {
        id: this.threadId,
        name: this.threadName,
        group: groupOf(realm),
        port: this.#port,
        sharedEnvironment: this.#environment === undefined ? own : null,
        resourceLimits: this.#limits,
        watchesPromises: realm.jobs !== null,
        started: (process) => {
          this.#process = process;
        },
      },
      ended: (end) => this.#ended(end),
    });
    this.activate();
    if (started === 'EAGAIN')
      this.realm.process.post(() => this.#exit(1, 'ERR_WORKER_INIT_FAILED', 'EAGAIN'));
    else this.holdUntilClosed(() => this.#process?.kill({ code: 1, signal: null, why: 'its process ended' }));
  }

  stopThread(): void {
    const { process } = this.realm;
    process.kernel(() => this.#process?.kill({ code: 1, signal: null, why: 'the thread was terminated' }));
  }

  /** No handle of libuv: it is what it was until it has gone. */
  override hasRef(): boolean | undefined {
    return super.hasRef() === undefined ? undefined : this.isReferenced;
  }

  getResourceLimits(): Float64Array {
    return this.#limits;
  }

  loopStartTime(): number {
    return -1;
  }

  loopIdleTime(): number {
    return 0;
  }

  cpuUsage(): object {
    const taker: { ondone?: (error: unknown, usage: object) => void } = {};
    const user = Math.floor((this.#process?.cpuNs ?? 0) / 1000);
    this.realm.process.post(() => this.realm.makeCallback(taker, taker.ondone, null, { user, system: 0 }));
    return taker;
  }

  takeHeapSnapshot = refuse('getHeapSnapshot');
  getHeapStatistics = refuse('getHeapStatistics');
  startCpuProfile = refuse('startCpuProfile');
  startHeapProfile = refuse('startHeapProfile');

  #ended(end: ProcessEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const isOutOfMemory = end.signal === 'SIGKILL';
    this.realm.process.post(() => {
      if (isOutOfMemory) this.#exit(1, 'ERR_WORKER_OUT_OF_MEMORY', end.why);
      else this.#exit(end.code ?? 1, null, null);
    });
  }

  #exit(code: number, error: string | null, reason: string | null): void {
    handleOf(this.messagePort)?.drain();
    this.close();
    this.realm.makeCallback(this, this.onexit, code, error, reason);
  }
}

/** Flags that are the whole process's. */
const OF_PROCESS = /^--(?:title|expose-gc|max-|stack-trace|redirect)/;
/** Flags of V8, of which Node's table has only some. */
const OF_V8 = /^--(?:expose|max|stack|abort|huge|interpreted|jitless|disallow|perf)-/;

/** Flags that a thread may not have, and those that there are not. */
function refusedOf(
  known: object,
  denied: RegExp | null,
  flags: readonly string[],
): readonly string[] | undefined {
  const refused = flags.filter((flag) => {
    const name = (flag.split('=')[0] ?? '').replaceAll('_', '-');
    const isKnown = name in known || name.replace(/^--no-/, '--') in known || OF_V8.test(name);
    return name.startsWith('--') && (!isKnown || denied?.test(name) === true);
  });
  return refused.length === 0 ? undefined : refused;
}

function refuse(name: string): () => never {
  return () => {
    throw new Error(
      `expected a call that the data center supports, found worker.${name}(): the heap and the code of threads are the host's`,
    );
  };
}

export const worker = (realm: Realm): Binding => {
  const { thread } = realm.machine;
  let port: Port | undefined;
  return {
    ...(structuredClone(realm.library.data('worker')) as Binding),
    isMainThread: thread === undefined,
    isInternalThread: false,
    ownsProcessState: thread === undefined,
    threadId: thread?.id ?? 0,
    threadName: thread?.name ?? '',
    resourceLimits: thread?.resourceLimits ?? new Float64Array(4),
    getEnvMessagePort: () => {
      if (thread !== undefined) port ??= portOf(realm, thread.port);
      return port;
    },
    Worker: class Worker extends WorkerHandle {
      constructor(...parameters: unknown[]) {
        const [, environment, flags, limits, , , name] = parameters;
        super(
          realm,
          environment as Environment | null | undefined,
          flags as readonly string[] | undefined,
          limits as Float64Array | undefined,
          String(name),
        );
      }
    },
  };
};
