// One instance of Node's library for one process: its own process object, modules and bindings.
// Does by hand what Node's bootstrap scripts do, in their order. Refuses modules that the data center does
// not carry, by name. Made by program.ts; the bindings under bindings/ stand between it and the machine.
import type { Random } from '../base/random.ts';
import type { Process, ProcessEnd } from '../machine/process.ts';
import { enterFrameOf, setFrame, trackFrames } from './async-context.ts';
import { AsyncWrap } from './bindings/async-wrap.ts';
import type { HandleWrap } from './bindings/handle-wrap.ts';
import { refusedBinding, refuseMissing } from './bindings/refusals.ts';
import { bindingFactories } from './bindings/registry.ts';
import { YieldForMicrotasks } from './bindings/timers.ts';
import { describeFatal } from './describe-fatal.ts';
import type { Jobs } from './jobs.ts';
import type { CompiledLibrary } from './library.ts';
import type { CodeCache } from './loader/code-cache.ts';
import type { Guard } from './loader/guard.ts';
import type { Scripts } from './loader/scripts.ts';
import { Output } from './output.ts';
import { primordialsOf, withGlobal } from './primordials.ts';
import { buildProcessObject } from './process-object.ts';
import { isCarried, isSwitchedOn, SCHEME_ONLY } from './public-modules.ts';
import { type Rare, rareOf } from './rare-code.ts';
import type { RealmMachine, Stdio } from './realm-host.ts';
import { jobsOf, libraryFunction } from './realm-jobs.ts';
import { refusedError } from './refused.ts';
import { amendments, standIns } from './stand-ins.ts';

export interface RealmOptions {
  readonly library: CompiledLibrary;
  readonly machine: RealmMachine;
  readonly process: Process;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the main module, then its arguments. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  /** What its parent called it by; by default `node`. */
  readonly argv0?: string | undefined;
  /** Flags of the `node` command. */
  readonly flags: readonly string[];
  readonly code: CodeCache;
  readonly collectGarbage?: () => void;
  /** Number of the process that started it; by default process 1. */
  readonly parentPid?: number;
  /** For children: by the file's number. By default an empty input and the machine's log. */
  readonly stdio?: readonly Stdio[];
}

// Node's library is untyped JavaScript: what comes out of it is only as sure as the checks that follow.
export type Binding = Record<string | symbol, unknown>;
export type BindingFactory = (realm: Realm) => Binding;
export type Callable = (this: unknown, ...parameters: unknown[]) => unknown;
export type LibraryExports = Record<string | symbol, unknown>;

/** Modules of the library that replace globals of the program; the others see the thread's own. */
const MOCKS = 'internal/test_runner/';

type ContextStack = { readonly push: Callable; readonly pop: Callable };

interface LoadedModule {
  readonly id: string;
  exports: LibraryExports;
  loaded: boolean;
  canBeRequiredByUsers?: boolean;
}

export class Realm {
  readonly library: CompiledLibrary;
  readonly machine: RealmMachine;
  readonly process: Process;
  readonly random: Random;
  readonly options: RealmOptions;
  readonly primordials: object;
  readonly processObject: Record<string | symbol, unknown>;
  /** What the program sees as `globalThis`. */
  readonly globalObject: Record<string | symbol, unknown> = {};
  /** Set by the task_queue and timers bindings while the library boots. */
  tickCallback: () => void = () => undefined;
  promiseRejected: (type: number, promise: unknown, reason: unknown) => void = () => undefined;
  readonly tickInfo = new Uint8Array(2);
  /** What native objects do after this turn of the loop, before the program's own immediates. */
  readonly immediates: (() => void)[] = [];
  /** The program's code makes promises: one that it leaves rejected must be heard of before the next turn. */
  usesPromises = false;
  /** Counts the steps of the program's code. Set by program.ts. */
  guard: Guard | null = null;
  /** The program asked for node:async_hooks: frames of AsyncLocalStorage follow its promises. */
  tracksFrames = false;
  readonly output: Output;
  /** Of a program that its parent waits for, or that watches promises; null where the host runs promise jobs. */
  readonly jobs: Jobs | null;
  /** The `require` of a file, whether it is there or not. Set by program.ts. */
  createRequire: (path: string) => unknown = () => undefined;
  /** import() from a file. Set by program.ts. */
  importModule: (specifier: string, from: string) => Promise<unknown> = () => Promise.resolve();
  /** Runs what node:vm compiles. Set by program.ts. */
  declare scripts: Scripts;
  /** True while a timer that is not unref'ed is pending. */
  keepsTimers = false;
  workingDirectory: string;
  umask = 0o22;
  /** Open handles, and requests by their kind, in the order of their making. */
  readonly handles = new Set<HandleWrap>();
  readonly requests = new Map<object, string>();
  readonly exposesInternals: boolean;

  // Not maps: a program that changes Map.prototype.get would have the library loaded again without end.
  readonly #modules = Object.create(null) as Record<string, LoadedModule>;
  readonly #bindings = Object.create(null) as Record<string, Binding>;
  #callbackDepth = 0;
  #asyncHooks: ContextStack | null = null;

  readonly internalBinding = (name: unknown): Binding => this.#binding(String(name));
  readonly require = (id: unknown): LibraryExports => this.requireBuiltin(String(id));

  constructor(options: RealmOptions) {
    this.options = options;
    this.library = options.library;
    this.machine = options.machine;
    this.process = options.process;
    this.random = options.process.random;
    this.workingDirectory = options.workingDirectory;
    this.exposesInternals = /^--expose[-_]internals$/m.test(options.flags.join('\n'));
    this.output = new Output(this);
    this.jobs = jobsOf(this);
    this.primordials = primordialsOf(this);
    this.processObject = buildProcessObject(this);
  }

  /** What of the engine few programs need. */
  get rare(): Rare {
    return rareOf(this.library);
  }

  /** A module of Node's library, loaded on first use. Throws where the data center does not carry it. */
  requireBuiltin(name: string): LibraryExports {
    // Bundled dependencies ask as programs do.
    const id = name.startsWith('node:') ? name.slice('node:'.length) : name;
    if (id === 'internal/bootstrap/realm') return this.#loaderExports();
    const known = this.#modules[id];
    if (known !== undefined) return known.exports;
    if (id === 'module') {
      const exports = this.rare.moduleLibrary(this);
      this.#modules[id] = { id, exports, loaded: true };
      return exports;
    }
    const standIn = standIns[id];
    if (standIn !== undefined) return standIn(this);
    return this.loadBuiltin(id);
  }

  /** The same, whatever stands in for it. */
  loadBuiltin(id: string): LibraryExports {
    if (!this.library.has(id)) throw refusedError(`node:${id}`);
    const module: LoadedModule = { id, exports: {}, loaded: false };
    this.#modules[id] = module;
    libraryFunction(this, id)(
      module.exports,
      this.require,
      module,
      this.processObject,
      this.internalBinding,
      id.startsWith(MOCKS) ? withGlobal(this.primordials, this.globalObject) : this.primordials,
      ...(id.startsWith('internal/deps/')
        ? this.library.source.globals.map((each) => this.globalObject[each])
        : []),
    );
    module.loaded = true;
    amendments[id]?.(module.exports, this);
    return module.exports;
  }

  /** A module that a program imports. */
  requirePublic(id: string): LibraryExports {
    if (id === 'async_hooks') {
      this.tracksFrames = true;
      trackFrames();
    }
    const isPrimary = id === 'cluster' && !('NODE_UNIQUE_ID' in this.options.environment);
    return this.requireBuiltin(isPrimary ? 'internal/cluster/primary' : id);
  }

  /** True for ids that a program may import: `fs`, `node:fs`. */
  isPublicBuiltin(id: string): boolean {
    const bare = id.startsWith('node:') ? id.slice(5) : id;
    if (bare === id && SCHEME_ONLY.includes(id)) return false;
    if (!isSwitchedOn(bare, this.options.flags)) return false;
    if (bare.startsWith('internal/'))
      return this.exposesInternals && (this.library.has(bare) || bare in standIns);
    return isCarried(this.library, bare);
  }

  /** Calls program code from the outside of its event loop, as Node's native side does: then ticks run. */
  makeCallback(receiver: unknown, callback: unknown, ...parameters: unknown[]): unknown {
    if (typeof callback !== 'function' || this.process.isEnding) return undefined;
    const hooks = this.#hooks();
    this.#callbackDepth++;
    const frame = enterFrameOf(receiver);
    AsyncWrap.enter(receiver, hooks.push);
    let result: unknown;
    try {
      result = (callback as Callable).apply(receiver, parameters);
      AsyncWrap.leave(receiver, hooks.pop);
    } catch (error) {
      this.#callbackDepth--;
      this.fatal(error);
      return undefined;
    }
    this.#callbackDepth--;
    setFrame(frame);
    // A request ends with its completion; a handle says so itself.
    if (callback === (receiver as { oncomplete?: unknown } | undefined)?.oncomplete)
      AsyncWrap.ended(receiver);
    if (this.#callbackDepth === 0) {
      this.guard?.afterCallback();
      if (this.tickInfo[0] === 1) this.runTicks();
    }
    return result;
  }

  /** Runs what process.nextTick queued and what promises left unhandled; true when there was any. */
  runTicks(): boolean {
    this.guard?.afterCallback();
    if (this.tickInfo[0] === 0 && this.tickInfo[1] === 0) return false;
    try {
      this.tickCallback();
    } catch (error) {
      if (error !== YieldForMicrotasks) this.fatal(error);
    }
    return true;
  }

  /** An error that nobody caught: the process's listeners have their say, else it ends with code 1. */
  fatal(error: unknown, fromPromise = false): void {
    if (this.process.isEnding) return;
    const handle = this.processObject['_fatalException'];
    try {
      if (typeof handle === 'function') (handle as Callable)(error, fromPromise);
      else {
        this.machine.print('stderr', describeFatal(this, error));
        this.end({ code: 6, signal: null, why: 'an uncaught error, and no process._fatalException' });
      }
    } catch (second) {
      this.machine.print('stderr', describeFatal(this, second));
      this.end({ code: 7, signal: null, why: 'an error in the handler of an uncaught error' });
    }
  }

  end(end: ProcessEnd): void {
    this.process.askExit(end);
  }

  /** Negative number of a libuv error such as `ECONNREFUSED`. */
  errno(code: string): number {
    const value = this.library.data('uv')[`UV_${code}`];
    return typeof value === 'number' ? value : -4094;
  }

  #binding(name: string): Binding {
    const known = this.#bindings[name];
    if (known !== undefined) return known;
    const factory = bindingFactories[name] ?? refusedBinding(name, this.library);
    if (factory === null) {
      throw new Error(
        `expected a binding that the data center has, found internalBinding('${name}'): it has ${Object.keys(bindingFactories).join(', ')}`,
      );
    }
    const binding = factory(this);
    refuseMissing(name, binding, this.library);
    this.#bindings[name] = binding;
    return binding;
  }

  #hooks(): ContextStack {
    if (this.#asyncHooks === null) {
      const hooks = this.requireBuiltin('internal/async_hooks');
      this.#asyncHooks = {
        push: hooks['pushAsyncContext'] as Callable,
        pop: hooks['popAsyncContext'] as Callable,
      };
    }
    return this.#asyncHooks;
  }

  #loaderExports(): LibraryExports {
    const isPublic = (id: unknown) => this.isPublicBuiltin(String(id));
    const schemed = (id: string) => (SCHEME_ONLY.includes(id) ? `node:${id}` : id);
    const bare = (id: string) => (id.startsWith('node:') ? id.slice(5) : id);
    const BuiltinModule = {
      exists: (id: string) => this.library.has(id),
      canBeRequiredByUsers: (id: unknown) => isPublic(schemed(String(id))),
      canBeRequiredWithoutScheme: isPublic,
      isBuiltin: isPublic,
      normalizeRequirableId: (id: string) => (isPublic(id) ? bare(id) : undefined),
      getSchemeOnlyModuleNames: () => SCHEME_ONLY,
      getAllBuiltinModuleIds: () => this.library.ids().map(schemed).filter(isPublic),
      map: new Map<string, unknown>(),
    };
    return { BuiltinModule, internalBinding: this.internalBinding, require: this.require };
  }
}
