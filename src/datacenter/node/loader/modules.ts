// Loads a program's modules on one realm: finds files on the machine's disk, links imports to exports, and
// evaluates in Node's order. ES modules and CommonJS; packages under node_modules. One instance a process.
import { fileError } from '../bindings/fs-call.ts';
import type { LibraryFunction } from '../library.ts';
import type { Realm } from '../realm.ts';
import { runSteps } from '../realm-jobs.ts';
import { utf8Text } from '../text.ts';
import { checkNames } from './check-names.ts';
import type { CodeCache } from './code-cache.ts';
import { CommonJsModules, folderOf, type Require, type RequireSource } from './commonjs.ts';
import type { CompiledModule } from './compiled.ts';
import { isComplaint } from './compiled.ts';
import { evaluateAsync } from './evaluation.ts';
import type { Guard } from './guard.ts';
import { type Loaded, newLoaded, seen } from './loaded.ts';
import { MODULE_LINK, notDefined, refuseRequired, syntaxErrorOf } from './module-errors.ts';
import { copyExports, copyOwn, defineDefault, defineExports, type Namespace, starsOf } from './namespace.ts';
import { found } from './search.ts';
import { isTraced, tracedImport } from './tracing.ts';

/** Code that may leave a promise rejected. */
export const PROMISES = /\basync\b|\bawait\b|\bPromise\b|\.(?:then|catch|finally)\(/;

export class Modules {
  readonly #realm: Realm;
  readonly #cache: CodeCache;
  readonly #guard: Guard;
  readonly #loaded = new Map<string, Loaded>();
  readonly #commonJs: CommonJsModules;
  /** The file whose require() is about to run another. */
  #requiredBy: string | null = null;

  constructor(realm: Realm, cache: CodeCache, guard: Guard) {
    this.#realm = realm;
    this.#cache = cache;
    this.#guard = guard;
    this.#commonJs = new CommonJsModules(realm);
  }

  /** Runs a file as the program's main module. A promise where a module of its graph awaits at top level. */
  runMain(path: string): Promise<void> | null {
    this.#commonJs.main = path;
    return this.run(this.#link(path));
  }

  /** Runs text that is no file as the main module. */
  runText(text: string, path: string): Promise<void> | null {
    return this.run(this.#link(path, text));
  }

  /** Runs what is linked, and before it what it imports. */
  run(main: Loaded): Promise<void> | null {
    if (this.awaits(main)) return this.#evaluateAsync(main);
    this.#evaluate(main);
    return null;
  }

  #link(path: string, text?: string): Loaded {
    const known = this.#loaded.get(path);
    if (known !== undefined) return known;
    const loaded = newLoaded(path, this.#compile(path, text));
    this.#loaded.set(path, loaded);
    if (loaded.compiled?.kind === 'module') this.#linkModule(loaded, loaded.compiled);
    loaded.state = 'linked';
    return loaded;
  }

  #linkModule(loaded: Loaded, compiled: CompiledModule): void {
    for (const request of compiled.requests) {
      loaded.imports.push(this.#import(request.specifier, loaded.path));
    }
    const stars: Loaded[] = [];
    const { globalObject } = this.#realm;
    const link = {
      ...this.linkOf(loaded.path),
      imports: loaded.imports.map((each) => each.namespace),
      views: loaded.imports.map(seen),
      ...MODULE_LINK,
      writable: (name: string) => {
        if (!(name in globalObject)) throw notDefined(name, link.writable);
        return globalObject;
      },
      export: (getters: Record<string | symbol, unknown>) => {
        stars.push(...starsOf(getters).map((star) => loaded.imports[star] as Loaded));
        defineExports(loaded.namespace, getters);
      },
    };
    const factory = this.#functionOf(loaded.path, compiled);
    const make = factory(
      link,
      this.#guard,
      loaded.path,
      ...this.#globals(compiled),
    ) as () => Iterator<unknown>;
    loaded.steps = make.call(undefined);
    loaded.steps.next();
    for (const star of stars) copyExports(star.namespace, loaded.namespace);
    checkNames(loaded, compiled);
  }

  #evaluate(loaded: Loaded): void {
    if (loaded.state === 'failed') throw loaded.error;
    if (loaded.state !== 'linked') return;
    loaded.state = 'evaluating';
    try {
      for (const dependency of loaded.imports) this.#evaluate(dependency);
      if (loaded.compiled !== null) checkNames(loaded, loaded.compiled);
      if (loaded.compiled?.kind === 'commonjs') this.#runCommonJs(loaded, loaded.compiled);
      else (loaded.steps as Iterator<unknown> | null)?.next();
      loaded.state = 'done';
    } catch (error) {
      loaded.state = 'failed';
      loaded.error = error;
      throw error;
    }
  }

  #functionOf(path: string, compiled: CompiledModule): LibraryFunction {
    if (this.#realm.jobs === null) return this.#cache.functionOf(path, compiled);
    return this.#cache.functionOf(path, { ...compiled, code: this.#cache.withJobs(compiled.code, path) });
  }

  #evaluateAsync(loaded: Loaded): Promise<void> {
    return evaluateAsync(this.#realm, loaded, (each, compiled) => this.#runCommonJs(each, compiled));
  }

  awaits(loaded: Loaded, seen = new Set<Loaded>()): boolean {
    if (seen.has(loaded)) return false;
    seen.add(loaded);
    return loaded.compiled?.isAsync === true || loaded.imports.some((each) => this.awaits(each, seen));
  }

  #import(specifier: string, from: string): Loaded {
    const resolution = found(this.#realm, specifier, from, true);
    return resolution.kind === 'builtin' ? this.#builtin(resolution.id) : this.#link(resolution.path);
  }

  importDynamically(specifier: string, from: string, isTold = false): Promise<Namespace> {
    return runSteps(this.#realm, () => this.#imported(specifier, from, isTold));
  }

  *#imported(
    specifier: string,
    from: string,
    isTold: boolean,
  ): Generator<unknown, Namespace | Promise<Namespace>, never> {
    if (!isTold && isTraced(this.#realm, 'module.import'))
      return tracedImport(this.#realm, from, specifier, () => this.importDynamically(specifier, from, true));
    const loaded = this.#import(specifier, from);
    yield this.#evaluateAsync(loaded);
    return seen(loaded);
  }

  #builtin(id: string): Loaded {
    const key = `node:${id}`;
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const exports = this.#realm.requirePublic(id);
    const loaded = newLoaded(key, null);
    copyOwn(exports, loaded.namespace);
    loaded.exports = exports;
    loaded.state = 'done';
    this.#loaded.set(key, loaded);
    return loaded;
  }

  #runCommonJs(loaded: Loaded, compiled: CompiledModule): void {
    const { path } = loaded;
    const module = this.#commonJs.add(path, this.#sourceOf(path), this.#requiredBy);
    this.#requiredBy = null;
    const { globalObject } = this.#realm;
    const link = { ...this.linkOf(path), writable: () => globalObject };
    const factory = this.#functionOf(path, compiled);
    factory.call(
      module.exports,
      module.exports,
      module.require,
      module,
      path,
      folderOf(path),
      link,
      this.#guard,
      path,
      ...this.#globals(compiled),
    );
    module.loaded = true;
    loaded.exports = module.exports;
    if (path.endsWith('.json')) defineDefault(module.exports, loaded.namespace);
    else copyOwn(module.exports, loaded.namespace);
  }

  /** The `require` that a file at `path` would have. */
  requireOf(path: string): Require {
    return this.#commonJs.requireFrom(path, this.#sourceOf(path));
  }

  #sourceOf(path: string): RequireSource {
    return {
      load: (id) => this.#require(id, path),
      resolve: (id, from = path) => {
        const resolution = found(this.#realm, id, from, false);
        return resolution.kind === 'builtin' ? id : resolution.path;
      },
    };
  }

  #require(id: string, from: string): unknown {
    const resolution = found(this.#realm, id, from, false);
    const path = resolution.kind === 'builtin' ? id : resolution.path;
    const cached = this.#commonJs.get(path);
    // What a program put into require.cache stands for the module; what it took out is loaded anew.
    if (cached !== undefined && !this.#commonJs.isOwn(cached)) return cached.exports;
    if (resolution.kind === 'builtin') return this.#realm.requirePublic(resolution.id);
    const known = this.#loaded.get(path);
    if (cached === undefined && known?.compiled?.kind === 'commonjs' && known.state === 'done')
      this.#loaded.delete(path);
    const loaded = this.#link(path);
    if (loaded.compiled?.kind !== 'commonjs') {
      refuseRequired(this.#realm, path, from, this.awaits(loaded));
      this.#evaluate(loaded);
      return seen(loaded);
    }
    if (cached !== undefined) this.#commonJs.adopt(from, cached);
    if (loaded.state === 'failed') throw loaded.error;
    if (loaded.state !== 'linked') return cached?.exports;
    this.#requiredBy = from;
    try {
      this.#evaluate(loaded);
    } catch (error) {
      this.#loaded.delete(path);
      this.#commonJs.remove(path);
      throw error;
    }
    return (this.#commonJs.get(path) ?? loaded).exports;
  }

  /** What the code of a file reaches its surroundings through. */
  linkOf(path: string) {
    const { globalObject } = this.#realm;
    const read = (name: string): unknown => {
      if (name in globalObject) return globalObject[name];
      const lexical = this.#realm.scripts.lexical(name);
      if (lexical === undefined) throw notDefined(name, read);
      return lexical.get();
    };
    return {
      meta: this.#meta(path),
      import: (specifier: unknown) => this.importDynamically(String(specifier), path),
      globals: globalObject,
      read,
    };
  }

  #compile(path: string, text?: string): CompiledModule {
    const source = text ?? this.#read(path);
    if (PROMISES.test(source)) this.#realm.usesPromises = true;
    const compiled = this.#cache.compile(source, path);
    if (isComplaint(compiled)) throw syntaxErrorOf(compiled, source);
    return compiled;
  }

  #read(path: string): string {
    const node = this.#realm.machine.disk.find(path);
    if (typeof node === 'string') throw fileError(this.#realm, node, { syscall: 'open', path: path });
    if (node.kind === 'folder') throw fileError(this.#realm, 'EISDIR', { syscall: 'read', path: path });
    if (node.kind === 'socket') throw fileError(this.#realm, 'ENXIO', { syscall: 'open', path: path });
    return utf8Text(node.bytes);
  }

  #meta(path: string): object {
    return {
      url: `file://${path}`,
      filename: path,
      dirname: folderOf(path),
      main: path === this.#commonJs.main,
      resolve: (specifier: string) => {
        // A path need not lead to a file.
        if (/^(?:\.{0,2}\/|file:)/.test(specifier)) return new URL(specifier, `file://${path}`).href;
        const resolution = found(this.#realm, specifier, path, true);
        return resolution.kind === 'builtin' ? `node:${resolution.id}` : `file://${resolution.path}`;
      },
    };
  }

  #globals(compiled: CompiledModule): unknown[] {
    return compiled.globals.map((name) => this.#realm.globalObject[name]);
  }
}
