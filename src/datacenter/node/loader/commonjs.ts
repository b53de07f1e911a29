// CommonJS modules: the `module` and `require` that a file is given, as Node makes them. Their `paths` and
// `children` are told; loading through `require.extensions` is refused. Called by modules.ts.
import { assert } from '../../base/assert.ts';
import type { Callable, Realm } from '../realm.ts';
import { globalFolders } from './search.ts';
import { isTraced, tracedRequire } from './tracing.ts';

export interface CommonJsModule {
  exports: unknown;
  readonly id: string;
  readonly path: string;
  readonly filename: string;
  loaded: boolean;
  readonly children: CommonJsModule[];
  readonly paths: readonly string[];
  require: Require;
}

export type Require = ((id: string) => unknown) & {
  resolve: ((id: string, options?: ResolveOptions) => string) & { paths(id: string): string[] | null };
  main: CommonJsModule | undefined;
  cache: Record<string, CommonJsModule>;
  extensions: object;
};

interface ResolveOptions {
  readonly paths?: readonly string[];
}

/** What require() asks of the loader. */
export interface RequireSource {
  load(id: string): unknown;
  /** `from` is by default the file itself. */
  resolve(id: string, from?: string): string;
}

const PARENT_IS_DEPRECATED =
  'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.';

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The CommonJS modules of one process. */
export class CommonJsModules {
  readonly #realm: Realm;
  readonly #cache = Object.create(null) as Record<string, CommonJsModule>;
  /** The file of the main module, links followed. */
  main: string;
  readonly #made = new WeakSet<CommonJsModule>();
  #mainModule: CommonJsModule | undefined;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.main = realm.options.command[0] ?? '';
  }

  get(path: string): CommonJsModule | undefined {
    return this.#cache[path];
  }

  /** False for what a program put into require.cache. */
  isOwn(module: CommonJsModule): boolean {
    return this.#made.has(module);
  }

  remove(path: string): void {
    delete this.#cache[path];
  }

  /** A file required a module: that is its child. */
  adopt(from: string, child: CommonJsModule): void {
    const parent = this.#cache[from];
    if (parent !== undefined && this.isOwn(parent) && !parent.children.includes(child))
      parent.children.push(child);
  }

  /** `from` is the file that requires it; null where it is imported, or the main module. */
  add(path: string, source: RequireSource, from: string | null): CommonJsModule {
    const module = this.#make(path, source);
    const parent = from === null ? undefined : this.#cache[from];
    this.#tellParent(module, module.id === '.' ? null : parent);
    if (from !== null) this.adopt(from, module);
    if (module.id === '.') this.#mainModule = module;
    this.#cache[path] = module;
    return module;
  }

  #tellParent(module: CommonJsModule, parent: CommonJsModule | null | undefined): void {
    const isDeprecated = this.#realm.options.flags.includes('--pending-deprecation');
    const { deprecate } = this.#realm.requireBuiltin('internal/util') as Record<string, Callable>;
    const told = isDeprecated
      ? { get: deprecate?.(() => parent, PARENT_IS_DEPRECATED, 'DEP0144') as () => unknown }
      : { value: parent };
    Object.defineProperty(module, 'parent', { ...told, configurable: true });
  }

  /** The `require` of a file that is not loaded by it. */
  requireFrom(path: string, source: RequireSource): Require {
    return this.#make(path, source).require;
  }

  #make(path: string, source: RequireSource): CommonJsModule {
    const isMain = path === this.main;
    const folder = folderOf(path);
    const module: CommonJsModule = {
      exports: {},
      id: isMain ? '.' : path,
      path: folder,
      filename: path,
      loaded: false,
      children: [],
      paths: lookedAt(folder),
      require: undefined as unknown as Require,
    };
    module.require = this.#requireOf(module, source);
    this.#made.add(module);
    return module;
  }

  #requireOf(module: CommonJsModule, source: RequireSource): Require {
    const require = (id: string): unknown => {
      this.#check(id);
      try {
        return isTraced(this.#realm, 'module.require')
          ? tracedRequire(this.#realm, module.filename, id, () => source.load(id))
          : source.load(id);
      } catch (error) {
        noteStack(error, module.filename);
        throw error;
      }
    };
    const resolve = (id: string, options?: ResolveOptions): string => {
      this.#check(id, 'request');
      if (id.startsWith('node:') && !this.#realm.isPublicBuiltin(id)) throw notFoundFrom(id);
      return options?.paths === undefined ? source.resolve(id) : this.#resolveIn(id, options.paths, source);
    };
    const paths = (id: string): string[] | null => {
      this.#check(id, 'request');
      if (this.#realm.isPublicBuiltin(id)) return null;
      return /^\.{1,2}(?:\/|$)/.test(id) ? [module.path] : [...module.paths, ...globalFolders(this.#realm)];
    };
    return withOwn(require, {
      resolve: withOwn(resolve, { paths }),
      main: this.#mainModule ?? (module.id === '.' ? module : undefined),
      cache: this.#cache,
      extensions: Object.create(null) as object,
    });
  }

  #resolveIn(id: string, folders: readonly string[], source: RequireSource): string {
    if (!Array.isArray(folders)) throw this.#invalid('options.paths', folders);
    let problem: unknown = notFoundFrom(id);
    for (const folder of folders) {
      if (typeof folder !== 'string')
        throw this.#errorOf('ERR_INVALID_ARG_TYPE', 'paths', 'array of strings', folders);
      const absolute = folder.startsWith('/') ? folder : `${this.#realm.workingDirectory}/${folder}`;
      try {
        return source.resolve(id, `${absolute}/[paths]`);
      } catch (error) {
        problem = error;
      }
    }
    throw problem;
  }

  #check(id: unknown, name = 'id'): void {
    const { validateString } = this.#realm.requireBuiltin('internal/validators') as {
      validateString: Callable;
    };
    validateString(id, name);
    if (id === '') throw this.#invalid(name, id, 'must be a non-empty string');
  }

  #invalid(name: string, value: unknown, reason?: string): Error {
    return this.#errorOf('ERR_INVALID_ARG_VALUE', name, value, ...(reason === undefined ? [] : [reason]));
  }

  #errorOf(code: string, ...parameters: unknown[]): Error {
    const { codes } = this.#realm.requireBuiltin('internal/errors') as {
      codes: Record<string, new (...parameters: unknown[]) => Error>;
    };
    const Made = codes[code];
    assert(Made !== undefined, `Node's library has ${code}`);
    return new Made(...parameters);
  }
}

const notFoundFrom = (id: string): Error =>
  Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });

/** Whatever a program has put into the prototype of all objects. */
function withOwn<T extends object, Members extends object>(target: T, members: Members): T & Members {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  return target as T & Members;
}

function noteStack(error: unknown, from: string): void {
  if (error instanceof Error && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND')
    (error as { requireStack?: string[] }).requireStack ??= [from];
}

/** Folders in which a package is looked for, nearest first. */
export function lookedAt(folder: string): string[] {
  const paths: string[] = [];
  for (let at = folder; at !== '/'; at = folderOf(at))
    if (!at.endsWith('/node_modules')) paths.push(`${at}/node_modules`);
  paths.push('/node_modules');
  return paths;
}
