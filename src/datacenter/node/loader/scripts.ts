// Runs scripts of node:vm, in the process's own context or in one of their own. One instance a process; called by
// bindings/contextify.ts. Contexts have globals of their own; JavaScript's built-in classes they share with the thread.
import { bundle } from '../bundles.ts';
import type { Callable, LibraryExports, Realm } from '../realm.ts';
import type { CodeCache } from './code-cache.ts';
import type { CompiledModule } from './compiled.ts';
import { isComplaint } from './compiled.ts';
import { syntaxErrorOf } from './module-errors.ts';
import { type Modules, PROMISES } from './modules.ts';
import { CONTEXT_GLOBALS } from './names.ts';
import { ScriptScope } from './script-scope.ts';

export interface Script {
  readonly compiled: CompiledModule;
  readonly file: string;
}

/** What `import()` in a script does: what a program registered for it, or an error. By default as from a file. */
export type Import = (specifier: unknown, options: unknown) => Promise<unknown>;

export interface ScriptOptions {
  /** A contextified object; by default the process's own context. */
  readonly context?: object | null;
  readonly extensions?: readonly object[];
  readonly timeoutMs?: number;
  readonly import?: Import;
}

/** Callbacks of a script or module, by what was registered. */
export interface Registry {
  readonly importModuleDynamically?: Callable;
  readonly initializeImportMeta?: Callable;
  readonly callbackReferrer?: object;
}

const LINES_BEFORE_MAX = 10_000;

/** What a run of a script counts, besides its own steps. */
const RUN_STEPS = 1000;

export class Scripts {
  readonly registries = new WeakMap<object, Registry>();
  readonly #realm: Realm;
  readonly #cache: CodeCache;
  readonly modules: Modules;
  readonly #main: ScriptScope;
  readonly #contexts = new WeakMap<object, ScriptScope>();

  constructor(realm: Realm, cache: CodeCache, modules: Modules) {
    this.#realm = realm;
    this.#cache = cache;
    this.modules = modules;
    this.#main = new ScriptScope(realm.globalObject);
  }

  /** Throws a SyntaxError. `linesBefore` and `columnsBefore` are where the code stands in its file. */
  compile(source: string, file: string, linesBefore: number, columnsBefore: number): Script {
    return this.#compile(source, file, `script:${file}`, linesBefore, columnsBefore);
  }

  /** The same for the text of an ES module. */
  compileModule(source: string, file: string, linesBefore: number, columnsBefore: number): Script {
    return this.#compile(source, file, `${file}.mjs`, linesBefore, columnsBefore);
  }

  #compile(source: string, file: string, path: string, linesBefore: number, columnsBefore: number): Script {
    const lines = Math.min(Math.max(linesBefore, 0), LINES_BEFORE_MAX);
    const columns = Math.min(Math.max(columnsBefore, 0), LINES_BEFORE_MAX);
    const placed = '\n'.repeat(lines) + ' '.repeat(columns) + source;
    const compiled = this.#cache.compile(placed, path);
    if (isComplaint(compiled)) throw syntaxErrorOf({ ...compiled, file }, placed, file);
    if (PROMISES.test(source)) this.#realm.usesPromises = true;
    return { compiled, file };
  }

  isContext(object: object): boolean {
    return this.#contexts.has(object);
  }

  /** Makes the object's properties the globals of a context; without an object the globals are the context's own. */
  contextify(sandbox: object | null): object {
    const { globalObject, library } = this.#realm;
    const builtins: Record<string, unknown> = {};
    for (const name of CONTEXT_GLOBALS) if (name in globalObject) builtins[name] = globalObject[name];
    const global = bundle(library, 'internal/brownout/contexts').globalOf(sandbox, builtins);
    const context = sandbox ?? global;
    this.#contexts.set(context, new ScriptScope(global as LibraryExports));
    return context;
  }

  /** What `let`, `const` or `class` of a script in the process's own context gave a name. */
  lexical(name: string): { readonly get: () => unknown } | undefined {
    return this.#main.lexical(name);
  }

  /** The value of the script's last statement. */
  run({ compiled, file }: Script, options: ScriptOptions = {}): unknown {
    const scope = this.scopeOf(options.context);
    if (this.#realm.guard !== null) this.#realm.guard.steps += RUN_STEPS;
    scope.declare(compiled.variables ?? [], compiled.lexicals ?? []);
    const link = {
      ...this.modules.linkOf(file),
      ...(options.import !== undefined && { import: options.import }),
    };
    const { jobs } = this.#realm;
    const own = jobs === null ? compiled.code : this.#cache.withJobs(compiled.code, `script:${file}`);
    const code = `${own}\n//# sourceURL=${file}`;
    const evaluate = () => scope.evaluate(code, options.extensions ?? [], link, this.#realm.guard, file);
    const { timeoutMs } = options;
    return timeoutMs === undefined ? evaluate() : this.within(timeoutMs, evaluate);
  }

  scopeOf(context: object | null | undefined): ScriptScope {
    return (context && this.#contexts.get(context)) || this.#main;
  }

  within<T>(timeoutMs: number, run: () => T): T {
    const { guard, process } = this.#realm;
    if (guard === null) return run();
    const endNs = process.nowNs + timeoutMs * 1e6;
    const timedOut = () => {
      process.compute(Math.max(0, endNs - process.nowNs));
      const error = new Error(`Script execution timed out after ${timeoutMs}ms`);
      return Object.assign(error, { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
    };
    return guard.within(timeoutMs, () => process.nowNs >= endNs, timedOut, run);
  }
}
