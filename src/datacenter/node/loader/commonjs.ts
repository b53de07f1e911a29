// CommonJS modules: the `module` and `require` that a file is given, as Node makes them. Their `paths` and
// `children` are told; loading through `require.extensions` is refused. Called by modules.ts.
import { assert } from '../../base/assert.ts';
import type { Callable, Realm } from '../realm.ts';
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
  resolve(id: string): string;
  main: CommonJsModule | undefined;
  cache: Record<string, CommonJsModule>;
  extensions: object;
};

/** What require() asks of the loader. */
export interface RequireSource {
  load(id: string): unknown;
  resolve(id: string): string;
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** The CommonJS modules of one process. */
export class CommonJsModules {
  readonly #realm: Realm;
  readonly #cache = Object.create(null) as Record<string, CommonJsModule>;
  readonly #main: string;
  #mainModule: CommonJsModule | undefined;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#main = realm.options.command[0] ?? '';
  }

  get(path: string): CommonJsModule | undefined {
    return this.#cache[path];
  }

  add(path: string, source: RequireSource): CommonJsModule {
    const module = this.#make(path, source);
    if (module.id === '.') this.#mainModule = module;
    this.#cache[path] = module;
    return module;
  }

  /** The `require` of a file that is not loaded by it. */
  requireFrom(path: string, source: RequireSource): Require {
    return this.#make(path, source).require;
  }

  #make(path: string, source: RequireSource): CommonJsModule {
    const isMain = path === this.#main;
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
    const resolve = (id: string): string => {
      this.#check(id);
      return source.resolve(id);
    };
    return Object.assign(require, {
      resolve,
      main: this.#mainModule ?? (module.id === '.' ? module : undefined),
      cache: this.#cache,
      extensions: Object.create(null) as object,
    });
  }

  #check(id: unknown): void {
    const { validateString } = this.#realm.requireBuiltin('internal/validators') as {
      validateString: Callable;
    };
    validateString(id, 'id');
    if (id !== '') return;
    const { codes } = this.#realm.requireBuiltin('internal/errors') as {
      codes: Record<string, new (...parameters: unknown[]) => Error>;
    };
    const Invalid = codes['ERR_INVALID_ARG_VALUE'];
    assert(Invalid !== undefined, "Node's library has ERR_INVALID_ARG_VALUE");
    throw new Invalid('id', id, 'must be a non-empty string');
  }
}

function noteStack(error: unknown, from: string): void {
  if (error instanceof Error && (error as { code?: unknown }).code === 'MODULE_NOT_FOUND')
    (error as { requireStack?: string[] }).requireStack ??= [from];
}

/** Folders in which a package is looked for, nearest first. */
function lookedAt(folder: string): string[] {
  const paths: string[] = [];
  for (let at = folder; at !== '/'; at = folderOf(at)) paths.push(`${at}/node_modules`);
  paths.push('/node_modules');
  return paths;
}
