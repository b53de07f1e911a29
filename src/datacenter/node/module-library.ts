// `node:module` as far as programs need it: createRequire, isBuiltin, builtinModules. Hooks and the compile
// cache are refused by name. Called by realm.ts.
import { lazily } from './lazily.ts';
import { lookedAt } from './loader/commonjs.ts';
import { globalFolders, readGlobalFolders } from './loader/search.ts';
import type { LibraryExports, Realm } from './realm.ts';
import { refuseCall } from './refused.ts';
import { findSourceMap } from './source-maps.ts';

const REFUSED = [
  'register',
  'registerHooks',
  'setSourceMapsSupport',
  'enableCompileCache',
  'flushCompileCache',
  'stripTypeScriptTypes',
  'runMain',
  '_load',
  '_resolveFilename',
];

export function moduleLibrary(realm: Realm): LibraryExports {
  class Module {
    readonly id: string;
    readonly children: readonly unknown[] = [];
    exports: unknown = {};
    loaded = false;
    constructor(id = '') {
      this.id = id;
    }
  }
  const library = Module as unknown as LibraryExports;
  const { BuiltinModule } = realm.requireBuiltin('internal/bootstrap/realm') as {
    BuiltinModule: { getAllBuiltinModuleIds(): string[] };
  };
  library['Module'] = Module;
  library['builtinModules'] = BuiltinModule.getAllBuiltinModuleIds().filter(
    (id) => !id.startsWith('internal/'),
  );
  library['isBuiltin'] = (id: unknown) => realm.isPublicBuiltin(String(id));
  library['createRequire'] = (from: unknown) => realm.createRequire(pathOf(realm, from));
  library['_extensions'] = Object.create(null);
  library['globalPaths'] = [...globalFolders(realm)];
  library['_initPaths'] = () => {
    library['globalPaths'] = [...readGlobalFolders(realm)];
  };
  library['_nodeModulePaths'] = (from: string) => lookedAt(from);
  // As Node's own: 0 for a file, 1 for a folder, less for nothing.
  library['_stat'] = (path: unknown) => {
    const node = realm.machine.disk.find(String(path));
    return typeof node === 'string' ? -2 : node.kind === 'folder' ? 1 : 0;
  };
  library['findSourceMap'] = (file: unknown) => findSourceMap(realm, file);
  lazily(library, 'SourceMap', () => realm.requireBuiltin('internal/source_map/source_map')['SourceMap']);
  for (const name of REFUSED) library[name] = refuseCall(`module.${name}()`);
  return library;
}

/** A path, a file URL or its text, as createRequire takes them; Node's error for anything else. */
function pathOf(realm: Realm, from: unknown): string {
  const { fileURLToPath, isURL } = realm.requireBuiltin('internal/url') as {
    fileURLToPath: (url: unknown) => string;
    isURL: (value: unknown) => boolean;
  };
  if (isURL(from) || (typeof from === 'string' && from.startsWith('file:'))) return fileURLToPath(from);
  if (typeof from === 'string' && from.startsWith('/')) return from;
  const { codes } = realm.requireBuiltin('internal/errors') as {
    codes: Record<'ERR_INVALID_ARG_VALUE', new (...parameters: unknown[]) => Error>;
  };
  throw new codes.ERR_INVALID_ARG_VALUE(
    'filename',
    from,
    'must be a file URL object, file URL string, or absolute path string',
  );
}
