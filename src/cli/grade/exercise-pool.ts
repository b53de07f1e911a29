// Runs strangers' exercises in child processes, one at a time in each, as many at once as asked for. A child that takes too much
// time or memory, or dies, is killed and replaced; no other work is touched. What a child says is believed only as far as its
// shape goes: the program under test has no way to the channel. Called by outcomes.ts.
// Why a process and not a headless Chromium: the same 20 gradings of load-balancer/retry took 27 s of processor time and
// 0.7 GB instead of 49 s and 1.4 GB (`npm run sandboxes`), and nothing has to be installed.
import { type ChildProcess, type ForkOptions, fork, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inRepository } from '../../build/root.ts';
import type { ChildAnswer, ExerciseOrder } from './exercise-child.ts';

export type PoolOutcome =
  | Extract<ChildAnswer, { readonly kind: 'result' }>
  /** Stopped, with the reason in words. */
  | { readonly kind: 'stopped'; readonly reason: string };

const CHILD = fileURLToPath(new URL('./exercise-child.ts', import.meta.url));
/** A child measures its own CPU time; should it stop doing so, wall time ends it: this much, and so many times its due. */
const WALL_SECONDS_LEAST = 60;
const WALL_FACTOR = 4;

/**
 * A process that may read the engine, and neither content nor sandboxes nor a key; no variables. Node's permissions do not
 * cover the network: where Linux lets us, the process has none (unshare).
 */
export function lockedDown(): ForkOptions {
  const folders = ['src', '.generated', 'node_modules', 'package.json'].map((name) => inRepository(name));
  // node_modules may be a link.
  const readable = [...folders, realpathSync(inRepository('node_modules'))];
  const flags = ['--no-warnings', '--permission', '--allow-worker'];
  const node = [...flags, ...readable.map((folder) => `--allow-fs-read=${folder}`)];
  const start = hasUnshare()
    ? { execPath: UNSHARE, execArgv: ['--map-root-user', '--net', '--', process.execPath, ...node] }
    : { execArgv: node };
  return { ...start, env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' };
}

const UNSHARE = '/usr/bin/unshare';
let unshares: boolean | null = null;
function hasUnshare(): boolean {
  unshares ??= spawnSync(UNSHARE, ['--map-root-user', '--net', '--', '/bin/true']).status === 0;
  return unshares;
}

export class ExercisePool {
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(workers: number) {
    this.#free = workers;
  }

  async run(order: ExerciseOrder): Promise<PoolOutcome> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await this.#runOn(await this.#child(), order);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }

  close(): void {
    for (const child of this.#all) child.kill('SIGKILL');
  }

  async #child(): Promise<ChildProcess> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const child = fork(CHILD, [], lockedDown());
    this.#all.add(child);
    child.once('exit', () => this.#all.delete(child));
    const ready = await firstAnswer(child, 1000 * WALL_SECONDS_LEAST);
    if (ready?.kind === 'ready') return child;
    child.kill('SIGKILL');
    throw new Error(
      'expected a process for exercises to start, found that it ended: run `npm run prepare-engine`',
    );
  }

  async #runOn(child: ChildProcess, order: ExerciseOrder): Promise<PoolOutcome> {
    const { cpuSecondsMax, memoryMbMax } = order;
    const wallSeconds =
      WALL_SECONDS_LEAST + WALL_FACTOR * cpuSecondsMax * (order.seedsMax + order.hidden.seeds.length);
    const answered = firstAnswer(child, 1000 * wallSeconds);
    child.send(order);
    const said = await answered;
    if (said?.kind === 'result') {
      this.#idle.push(child);
      return said;
    }
    child.kill('SIGKILL');
    return { kind: 'stopped', reason: reasonOf(said, cpuSecondsMax, memoryMbMax) };
  }
}

function reasonOf(said: ChildAnswer | null, seconds: number, megabytes: number): string {
  if (said?.kind === 'problem') return said.problem;
  if (said?.kind === 'limit' && said.limit === 'memory')
    return `stopped: it took more than ${megabytes} MB of memory`;
  if (said?.kind === 'limit') return `stopped: it took more than ${seconds} s of processor time for one run`;
  return 'stopped: its process ended before the check did';
}

/** Null where the child ends, or says nothing for so long. */
function firstAnswer(child: ChildProcess, waitMs: number): Promise<ChildAnswer | null> {
  const { promise, resolve } = Promise.withResolvers<ChildAnswer | null>();
  const timer = setTimeout(() => resolve(null), waitMs);
  const take = (said: unknown) => resolve(said as ChildAnswer);
  const end = () => resolve(null);
  child.once('message', take);
  child.once('exit', end);
  child.once('error', end);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', take);
    child.off('exit', end);
    child.off('error', end);
  });
}
