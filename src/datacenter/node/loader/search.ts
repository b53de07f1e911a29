// Where a process looks for what it requires or imports: built-in modules, its disk by resolve.ts, and last the folders
// of NODE_PATH, of the home folder and beside Node itself, which are read again when a program says
// Module._initPaths(). Refuses by name what the data center does not carry. Called by modules.ts, commonjs.ts and
// module-library.ts.
import type { Callable, Realm } from '../realm.ts';
import { refusalOf, refusedError } from '../refused.ts';
import { type Resolution, resolve } from './resolve.ts';

const known = new WeakMap<Realm, readonly string[]>();

export function globalFolders(realm: Realm): readonly string[] {
  return known.get(realm) ?? readGlobalFolders(realm);
}

export function readGlobalFolders(realm: Realm): readonly string[] {
  const { NODE_PATH, HOME } = realm.processObject['env'] as Readonly<Record<string, string | undefined>>;
  const folders = (NODE_PATH ?? '').split(':').filter((folder) => folder !== '');
  if (HOME) folders.push(`${HOME}/.node_modules`, `${HOME}/.node_libraries`);
  folders.push('/usr/lib/node');
  known.set(realm, folders);
  return folders;
}

export function found(
  realm: Realm,
  specifier: string,
  from: string,
  isImport: boolean,
): Exclude<Resolution, Error> {
  if (realm.isPublicBuiltin(specifier)) return { kind: 'builtin', id: specifier.replace(/^node:/, '') };
  const { disk } = realm.machine;
  const resolution = resolve(disk, specifier, from, isImport, isImport ? [] : globalFolders(realm));
  if (resolution instanceof Error) {
    const builtin = `node:${specifier.replace(/^node:/, '')}`;
    throw refusalOf(builtin) === undefined ? resolution : refusedError(builtin);
  }
  if (resolution.kind === 'builtin') return resolution;
  if (resolution.warning !== undefined)
    (realm.processObject['emitWarning'] as Callable)(resolution.warning, 'DeprecationWarning', 'DEP0128');
  return { ...resolution, path: followed(realm, resolution.path, '--preserve-symlinks') };
}

/** The file itself that a path leads to, where no flag and no variable asks to keep links. */
export function followed({ options, machine }: Realm, path: string, keepFlag: string): string {
  const variable = keepFlag.replace('-', 'NODE').replaceAll('-', '_').toUpperCase();
  const keeps = options.flags.includes(keepFlag) || options.environment[variable] === '1';
  return keeps ? path : machine.disk.place(path, 'real').path;
}
