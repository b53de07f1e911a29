// The modules of node:vm: ES modules from text, and those whose exports a program sets. The program links them; they are
// evaluated as those of files are. Refuses the source phase of imports by Node's own errors. Called by registry.ts.
import { assert } from '../../base/assert.ts';
import { checkNames } from '../loader/check-names.ts';
import { type Loaded, newLoaded } from '../loader/loaded.ts';
import { MODULE_LINK } from '../loader/module-errors.ts';
import { copyExports, defineExports, type Namespace, starsOf, viewOf } from '../loader/namespace.ts';
import { notedResolvers } from '../promise-states.ts';
import type { Binding, Callable, Realm } from '../realm.ts';
import { constantsOf } from './plain.ts';
import { cachedDataOf, isRejected } from './script-errors.ts';
import { importFrom } from './script-imports.ts';

const NO_LIMIT = -1;

type Codes = Record<string, new (...parameters: unknown[]) => Error>;

interface Status {
  readonly kUninstantiated: number;
  readonly kInstantiated: number;
  readonly kEvaluating: number;
  readonly kEvaluated: number;
  readonly kErrored: number;
}

const errorOf = (realm: Realm, code: string, ...parameters: unknown[]): Error => {
  const { codes } = realm.requireBuiltin('internal/errors') as { codes: Codes };
  const Made = codes[code];
  if (Made !== undefined) return new Made(...parameters);
  return Object.assign(new Error(String(parameters[0])), { code });
};

class LinkedModule {
  readonly url: string;
  readonly #realm: Realm;
  readonly #context: object | undefined;
  readonly #loaded: Loaded;
  readonly #source: string | null;
  /** Of a module whose exports a program sets. */
  readonly #values = new Map<string, unknown>();
  readonly #stars: Loaded[] = [];
  #linked: readonly LinkedModule[] | null = null;
  #isReady = false;
  #evaluation: Promise<unknown> | null = null;

  constructor(
    realm: Realm,
    url: string,
    context: object | undefined,
    from: string | readonly string[],
    ...rest: unknown[]
  ) {
    this.url = url;
    this.#realm = realm;
    this.#context = context;
    this.#source = typeof from === 'string' ? from : null;
    if (typeof from !== 'string') {
      this.#loaded = newLoaded(url, null);
      this.#synthesize(from, rest[0] as Callable);
      return;
    }
    const [lines = 0, columns = 0, cached] = rest as [number?, number?, unknown?];
    if (ArrayBuffer.isView(cached) && isRejected(realm, from, cached))
      throw errorOf(realm, 'ERR_VM_MODULE_CACHED_DATA_REJECTED', 'cachedData buffer was rejected');
    this.#loaded = newLoaded(url, realm.scripts.compileModule(from, url, lines, columns).compiled);
  }

  getModuleRequests(): object[] {
    const attributes = Object.create(null) as object;
    const phase = this.#realm.library.data('module_wrap')['kEvaluationPhase'];
    return this.#specifiers().map((specifier) => ({
      specifier,
      attributes,
      phase,
    }));
  }

  link(modules: ArrayLike<LinkedModule>): void {
    this.#linked = Array.from(modules);
  }

  /** Makes this module and all that it imports ready to run: each import is there, and what it asks for. */
  instantiate(): void {
    const graph: LinkedModule[] = [];
    if (this.#linked === null && this.#source !== null) throw this.#notLinked();
    this.#prepare(graph);
    // Modules may export what others of a cycle do: until there is no more to copy.
    for (let had = -1, has = 0; had !== has; ) {
      had = has;
      for (const each of graph)
        for (const star of each.#stars) copyExports(star.namespace, each.#loaded.namespace);
      has = graph.reduce((sum, each) => sum + Object.keys(each.#loaded.namespace).length, 0);
    }
    for (const each of graph) each.#loaded.state = 'linked';
    for (const each of graph)
      if (each.#loaded.compiled !== null) checkNames(each.#loaded, each.#loaded.compiled);
    for (const each of graph) each.#isReady = true;
  }

  getStatus(): number {
    const { state } = this.#loaded;
    const status = constantsOf(this.#realm, 'module_wrap') as unknown as Status;
    if (!this.#isReady) return status.kUninstantiated;
    if (state === 'failed') return status.kErrored;
    // A module that waits at its top level counts as evaluated, as V8 has it.
    if (state === 'done' || (state === 'evaluating' && this.#evaluation !== null)) return status.kEvaluated;
    return state === 'evaluating' ? status.kEvaluating : status.kInstantiated;
  }

  getError = (): unknown => this.#loaded.error;

  getNamespace = (): Namespace => viewOf(this.#loaded.namespace);

  get hasTopLevelAwait(): boolean {
    return this.#loaded.compiled?.isAsync === true;
  }

  get hasAsyncGraph(): boolean {
    return this.#realm.scripts.modules.awaits(this.#loaded);
  }

  evaluate(timeoutMs: number): Promise<unknown> {
    const { promise, resolve, reject } = notedResolvers();
    if (this.#loaded.state === 'failed') reject(this.#loaded.error);
    else if (this.#loaded.state === 'done') resolve(undefined);
    else if (this.#evaluation !== null) return this.#evaluation;
    else
      try {
        const run = () => this.#realm.scripts.modules.run(this.#loaded);
        const running = timeoutMs === NO_LIMIT ? run() : this.#realm.scripts.within(timeoutMs, run);
        if (running === null) resolve(undefined);
        else {
          this.#evaluation = promise;
          running.then(() => resolve(undefined), reject);
        }
      } catch (error) {
        reject(error);
      }
    return promise;
  }

  setExport(name: string, value: unknown): void {
    if (!this.#values.has(name)) throw new ReferenceError(`Export '${name}' is not defined in module`);
    this.#values.set(name, value);
  }

  createCachedData(): Uint8Array {
    return cachedDataOf(this.#realm, this.#source ?? '');
  }

  #specifiers(): string[] {
    return [...new Set(this.#loaded.compiled?.requests.map(({ specifier }) => specifier))];
  }

  #notLinked(): Error {
    const found = `request for '${this.#specifiers()[0] ?? ''}' can not be resolved on module '${this.url}' that is not linked`;
    return errorOf(this.#realm, 'ERR_VM_MODULE_LINK_FAILURE', found, undefined);
  }

  #synthesize(names: readonly string[], steps: Callable): void {
    const getters: Namespace = {};
    for (const name of names) {
      this.#values.set(name, undefined);
      getters[name] = () => this.#values.get(name);
    }
    defineExports(this.#loaded.namespace, getters);
    this.#loaded.steps = {
      next: () => {
        steps.call(undefined);
        return { done: true, value: undefined };
      },
    };
  }

  #prepare(graph: LinkedModule[]): void {
    if (this.#isReady || graph.includes(this)) return;
    graph.push(this);
    const { compiled } = this.#loaded;
    if (compiled === null) return;
    const linked = this.#linked ?? [];
    const specifiers = this.#specifiers();
    if (linked.length < specifiers.length) throw this.#notLinked();
    this.#loaded.imports = compiled.requests.map(({ specifier }) => {
      const found = linked[specifiers.indexOf(specifier)];
      assert(found !== undefined, 'a module is linked to as many as it asks for');
      return found.#loaded;
    });
    if (this.#loaded.steps === null) this.#open();
    for (const each of linked) each.#prepare(graph);
  }

  /** Evaluates the module's text as far as its exports. */
  #open(): void {
    const { compiled, imports, namespace } = this.#loaded;
    assert(compiled !== null, 'only a module from text is opened');
    const scope = this.#realm.scripts.scopeOf(this.#context);
    const { guard } = this.#realm;
    const registry = () => this.#realm.scripts.registries.get(this);
    let meta: object | null = null;
    const link = {
      get meta() {
        if (meta !== null) return meta;
        meta = Object.create(null) as object;
        const { initializeImportMeta: fill, callbackReferrer: module } = registry() ?? {};
        fill?.(meta, module);
        return meta;
      },
      import: importFrom(this.#realm, Symbol(this.url), () => this),
      globals: scope.global,
      read: (name: string) => scope.names[name],
      writable: (name: string) => scope.writable(name),
      imports: imports.map((each) => each.namespace),
      views: imports.map((each) => viewOf(each.namespace)),
      ...MODULE_LINK,
      export: (getters: Namespace) => {
        this.#stars.push(...starsOf(getters).map((star) => imports[star] as Loaded));
        defineExports(namespace, getters);
      },
    };
    const code = `${compiled.code}\n//# sourceURL=${this.url}`;
    const make = scope.evaluate(code, [], {}, guard, this.url) as (...given: unknown[]) => Callable;
    const start = make(link, guard, this.url, ...compiled.globals.map((name) => scope.global[name]));
    const steps = start.call(undefined) as Iterator<unknown>;
    this.#loaded.steps = steps;
    steps.next();
  }
}

export const moduleWrap = (realm: Realm): Binding => ({
  ...constantsOf(realm, 'module_wrap'),
  ModuleWrap: class ModuleWrap extends LinkedModule {
    constructor(
      url: string,
      context: object | undefined,
      from: string | readonly string[],
      ...rest: unknown[]
    ) {
      super(realm, url, context, from, ...rest);
    }
  },
  setImportModuleDynamicallyCallback: () => undefined,
  setInitializeImportMetaObjectCallback: () => undefined,
});
