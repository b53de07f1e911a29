// A Node program in a process: boots the realm as Node's own bootstrap does, runs the main module, and gives
// the event loop its timers, immediates and ticks. Called by the engine, one for each start of a machine.
import type { Json, TraceFact } from '../contract.ts';
import type { Program } from '../machine/process.ts';
import { beginTurn } from './async-context.ts';
import { loopNowMs, YieldForMicrotasks } from './bindings/timers.ts';
import { fillGlobals } from './globals.ts';
import { Guard, STEPS_MAX } from './loader/guard.ts';
import { mainFile, startMain } from './loader/main.ts';
import { Modules } from './loader/modules.ts';
import { Scripts } from './loader/scripts.ts';
import { leaveIntrinsics, OwnIntrinsics } from './own-intrinsics.ts';
import { completeProcessObject } from './process-object.ts';
import { type Callable, Realm, type RealmOptions } from './realm.ts';
import { watchChannels } from './watch.ts';

export interface ProgramOptions extends RealmOptions {
  /** Hears what the program does, for the trace. */
  readonly tell: (fact: ProgramFact) => void;
}

export type ProgramFact =
  | { readonly kind: 'publish'; readonly channel: string; readonly value: Json }
  | Omit<Extract<TraceFact, { kind: 'http' }>, 'machine'>;

/** Node's exit code where a top-level await was left waiting. */
const UNSETTLED_AWAIT_CODE = 13;

/** A thread that never yields is stopped so much later. */
const THREAD_HANGS_NS = 10_000_000_000;

/** What executionAsyncId() says while the main module runs. */
const MAIN_ASYNC_ID = 1;

export class NodeProgram implements Program {
  readonly realm: Realm;
  readonly #options: ProgramOptions;
  readonly #guard: Guard;
  readonly #intrinsics = new OwnIntrinsics();
  #processTimers: (nowMs: number) => number = () => 0;
  #processImmediate: () => void = () => undefined;
  #immediateInfo: Uint32Array = new Uint32Array(3);
  #isMainPending = false;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.realm = new Realm(options);
    this.#guard = new Guard(this.realm.jobs, (file, line) => this.#neverYields(file, line));
    this.realm.guard = this.#guard;
    options.process.halt = () => {
      this.#guard.halt();
      throw new Error('the process was killed');
    };
  }

  begin(): void {
    this.#intrinsics.enter();
    beginTurn(this.realm.tracksFrames);
    this.#guard.reset();
    this.realm.process.memory.beginTurn();
    this.realm.output.reset();
  }

  leave(): void {
    leaveIntrinsics();
  }

  start(): void {
    const { realm } = this;
    try {
      this.#bootLibrary();
      const { thread } = realm.machine;
      if (thread === undefined) this.#joinParent();
      const modules = new Modules(realm, this.#options.code, this.#guard);
      realm.scripts = new Scripts(realm, this.#options.code, modules);
      realm.importModule = (specifier, from) => modules.importDynamically(specifier, from);
      realm.createRequire = (path) => modules.requireOf(path);
      const scope = realm.requireBuiltin('internal/async_hooks') as Record<string, Callable>;
      scope['pushAsyncContext']?.(MAIN_ASYNC_ID, 0, {});
      if (thread === undefined) this.#await(startMain(realm, modules));
      else
        realm.rare.beginThread(realm, (path, text) =>
          this.#await(
            text === undefined ? modules.runMain(mainFile(realm, path)) : modules.runText(text, path),
          ),
        );
      scope['popAsyncContext']?.(MAIN_ASYNC_ID);
    } catch (error) {
      realm.fatal(error);
    }
    realm.runTicks();
  }

  /** A main module that awaits at top level keeps nothing alive, but ends the process with its own code. */
  #await(running: Promise<void> | null): void {
    this.#isMainPending = running !== null;
    running?.then(
      () => {
        this.#isMainPending = false;
      },
      (error: unknown) => this.realm.fatal(error),
    );
  }

  runTimers(): boolean {
    const { realm } = this;
    try {
      const expiry = this.#processTimers(loopNowMs(realm));
      realm.keepsTimers = expiry > 0;
      if (expiry !== 0) realm.process.armTimer(Math.abs(expiry) - loopNowMs(realm));
    } catch (error) {
      if (error !== YieldForMicrotasks) realm.fatal(error);
      realm.runTicks();
      return true;
    }
    realm.runTicks();
    return false;
  }

  runImmediate(): boolean {
    const ofLibrary = this.realm.immediates.splice(0);
    if (ofLibrary.length > 0) {
      for (const task of ofLibrary) task();
      this.realm.runTicks();
      return this.hasImmediates();
    }
    let isStopped = false;
    try {
      this.#processImmediate();
    } catch (error) {
      isStopped = true;
      if (error !== YieldForMicrotasks) this.realm.fatal(error);
    }
    this.realm.runTicks();
    return isStopped && this.hasImmediates();
  }

  hasImmediates(): boolean {
    return this.realm.immediates.length > 0 || (this.#immediateInfo[0] ?? 0) > 0;
  }

  runTicks(): boolean {
    this.realm.jobs?.drain();
    return this.realm.runTicks();
  }

  beforeExit(): void {
    const emit = this.realm.processObject['emit'] as Callable;
    try {
      emit.call(this.realm.processObject, 'beforeExit', this.realm.processObject['exitCode'] ?? 0);
    } catch (error) {
      this.realm.fatal(error);
    }
    this.realm.runTicks();
  }

  exit(): number {
    const { processObject } = this.realm;
    processObject['_exiting'] = true;
    if (this.#isMainPending) {
      processObject['exitCode'] ??= UNSETTLED_AWAIT_CODE;
      this.realm.machine.print(
        'stderr',
        'Warning: Detected unsettled top-level await: what it waits for can never come\n',
      );
    }
    try {
      (processObject['emit'] as Callable).call(processObject, 'exit', processObject['exitCode'] ?? 0);
    } catch (error) {
      this.realm.fatal(error);
      // A listener of uncaught errors may have taken it.
      if (this.realm.process.isEnding) return 1;
    }
    const code = processObject['exitCode'];
    return typeof code === 'number' ? code : 0;
  }

  isToBlame(error: unknown): boolean {
    const changed = this.#intrinsics.disarm();
    if (changed === '') return false;
    this.realm.machine.print(
      'stderr',
      `expected JavaScript's built-ins to do what they do, found ${changed} changed, over which the data center's own code fails (${String(error)}): change copies of your own\n`,
    );
    this.realm.end({ code: null, signal: 'SIGABRT', why: `ended: it changed ${changed}` });
    return true;
  }

  isWaiting(): boolean {
    const { keepsTimers, immediates } = this.realm;
    return keepsTimers || immediates.length > 0 || (this.#immediateInfo[1] ?? 0) > 0;
  }

  #bootLibrary(): void {
    const { realm } = this;
    fillGlobals(realm);
    const debuglog = realm.requireBuiltin('internal/util/debuglog') as {
      initializeDebugEnv(value: unknown): void;
    };
    debuglog.initializeDebugEnv((realm.processObject['env'] as Record<string, string>)['NODE_DEBUG']);
    completeProcessObject(realm);
    const queues = realm.requireBuiltin('internal/process/task_queues') as {
      setupTaskQueue(): { nextTick: unknown; runNextTicks: unknown };
    };
    const { nextTick, runNextTicks } = queues.setupTaskQueue();
    realm.processObject['nextTick'] = nextTick;
    realm.processObject['_tickCallback'] = runNextTicks;
    const timers = realm.requireBuiltin('internal/timers') as {
      getTimerCallbacks(next: () => void): {
        processImmediate: () => void;
        processTimers: (now: number) => number;
      };
    };
    const callbacks = timers.getTimerCallbacks(() => {
      throw YieldForMicrotasks;
    });
    this.#processTimers = callbacks.processTimers;
    this.#processImmediate = callbacks.processImmediate;
    this.#immediateInfo = realm.internalBinding('timers')['immediateInfo'] as Uint32Array;
    watchChannels(realm, this.#options.tell);
  }

  /** Opens the channel to the process that forked it, and takes part in its cluster, as Node does before main. */
  #joinParent(): void {
    const { realm } = this;
    const environment = realm.processObject['env'] as Record<string, string>;
    const fd = environment['NODE_CHANNEL_FD'];
    if (fd === undefined) return;
    const mode = environment['NODE_CHANNEL_SERIALIZATION_MODE'] ?? 'json';
    delete environment['NODE_CHANNEL_FD'];
    delete environment['NODE_CHANNEL_SERIALIZATION_MODE'];
    (realm.requireBuiltin('child_process')['_forkChild'] as Callable)(Number(fd), mode);
    if (environment['NODE_UNIQUE_ID'] === undefined) return;
    (realm.requireBuiltin('cluster')['_setupWorker'] as Callable)();
    delete environment['NODE_UNIQUE_ID'];
  }

  #neverYields(file: string, line: number): void {
    const where = `${file}:${line}`;
    const { process, machine } = this.realm;
    // Whoever started a thread may terminate it meanwhile, as programs do with those that hang.
    if (machine.thread !== undefined) process.compute(THREAD_HANGS_NS);
    process.kernel(() =>
      machine.print(
        'stderr',
        `${where}\nexpected code that ends or waits, found ${STEPS_MAX.toLocaleString('en-US')} steps in one turn: give this loop an end, or wait in it (await, setTimeout)\n`,
      ),
    );
    this.realm.end({ code: null, signal: 'SIGKILL', why: `stopped at ${where}: it never yields` });
  }
}
