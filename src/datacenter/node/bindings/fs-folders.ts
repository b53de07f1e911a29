// Whole trees of folders: fs.mkdir() and fs.rmSync() with `recursive`. mkdir tries the path itself first, then what is above it where that is missing, so that
// `a/../b` makes `a` too. Node has two versions of it, waited for and not, that differ in what they tell; both are here.
// Called by fs-change.ts.
import type { Disk } from '../../machine/disk.ts';
import { DiskError, refuse } from '../../machine/disk-error.ts';
import { mayAccess } from '../../machine/disk-walk.ts';
import type { Realm } from '../realm.ts';
import { type Path, pathText } from './fs-names.ts';
import type { OpenFiles } from './open-files.ts';

const FINAL = ['EACCES', 'ENOSPC', 'ENOTDIR', 'EPERM'];

/**
 * Gives the first folder made, or undefined where there was none to make. `failed` hears which path an error is about:
 * the whole one where the call is waited for, else the part of it.
 */
export function makeFolders(
  files: OpenFiles,
  path: string,
  permissions: number,
  isWaitedFor: boolean,
  failed: (path: string) => void,
): string | undefined {
  let first: string | undefined;
  const pending = [path];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isWaitedFor) failed(next);
    try {
      files.disk.makeFolder(files.absolute(next), permissions);
      first ??= next;
    } catch (error) {
      if (!(error instanceof DiskError) || FINAL.includes(error.code)) throw error;
      if (error.code === 'ENOENT') {
        // Of `a//b`, `a/`: so Node tells it.
        const above = next.slice(0, Math.max(0, next.lastIndexOf('/')));
        if (above === '' || above === next) throw error;
        pending.push(next, above);
      } else passOver(files, next, error.code, pending.length > 0, isWaitedFor);
    }
  }
  return first;
}

/** Fine where a folder is there already. */
function passOver(
  files: OpenFiles,
  path: string,
  code: string,
  isAbove: boolean,
  isWaitedFor: boolean,
): void {
  const there = files.disk.find(files.absolute(path));
  if (typeof there !== 'string' && there.kind === 'folder') return;
  if (code === 'EEXIST' && isAbove && (typeof there !== 'string' || !isWaitedFor)) refuse('ENOTDIR');
  refuse(typeof there === 'string' ? there : 'EEXIST');
}

/** How Node words what stops a removal; these come from C++'s own file calls, not from libuv. */
const REMOVAL_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
};
/** What Node has no code for. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
};
/** UV_UNKNOWN */
const UNKNOWN_ERRNO = -4094;

/** rmSync, which was given what is there; that it is gone by now is no error. */
export function removeAll(realm: Realm, files: OpenFiles, path: Path, isRecursive: boolean): void {
  const { disk } = files;
  const text = pathText(path);
  realm.process.compute(disk.faults.callNs());
  const place = files.absolute(text);
  const found = kindAt(disk, place);
  if (found === null) return;
  if (!isRecursive && found === 'folder') throw isFolder(realm, text);
  try {
    removeTree(disk, place);
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    if (error.code !== 'ENOENT') throw removalError(realm, error.code, text);
  }
}

function removalError(realm: Realm, found: string, path: string): Error {
  const word = REMOVAL_WORDS[found];
  const code = word === undefined ? '' : found;
  const what = word === undefined ? `Unknown error: ${OTHER_WORDS[found] ?? found}` : `${word}: ${path}`;
  const errno = word === undefined ? UNKNOWN_ERRNO : -realm.errno(found);
  return Object.assign(new Error(`${code}, ${what} '${path}'`), { errno, code, path, syscall: 'rm' });
}

/** Null where nothing can be there. */
function kindAt(disk: Disk, path: string): string | null {
  try {
    return disk.get(path, false).kind;
  } catch (error) {
    if (error instanceof DiskError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    return 'unknown';
  }
}

function isFolder(realm: Realm, path: string): Error {
  const { codes } = realm.requireBuiltin('internal/errors') as {
    codes: Record<'ERR_FS_EISDIR', new (context: object) => Error>;
  };
  const errno = -realm.errno('EISDIR');
  return new codes.ERR_FS_EISDIR({ code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno });
}

function removeTree(disk: Disk, path: string): void {
  const node = disk.get(path, false);
  if (node.kind !== 'folder') {
    disk.unlink(path);
    return;
  }
  if (!mayAccess(node, 4)) refuse('EACCES');
  for (const name of node.names()) removeTree(disk, `${path}/${name}`);
  disk.removeFolder(path);
}
