// The native half of fs.cpSync(): checks of source and destination, and the copying of a whole folder, with the
// errors that Node's C++ throws. Part of internalBinding('fs'), put together by fs.ts.
import type { Disk, DiskNode } from '../../machine/disk.ts';
import { DiskError, refuse } from '../../machine/disk-error.ts';
import { walk } from '../../machine/disk-walk.ts';
import type { Binding, Realm } from '../realm.ts';
import type { Call } from './fs-call.ts';
import { copyFile } from './fs-data.ts';
import type { OpenFiles } from './open-files.ts';

function failed(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

interface Way {
  readonly force: boolean;
  readonly dereference: boolean;
  readonly errorOnExist: boolean;
  readonly verbatim: boolean;
  readonly keepTimes: boolean;
}

export function copyingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  return {
    cpSyncCheckPaths: (path: string, dest: string, dereference: boolean, recursive: boolean) =>
      call(undefined, { syscall: dereference ? 'stat' : 'lstat', path }, () =>
        checkPaths(files, path, dest, recursive),
      ),
    cpSyncOverrideFile: (path: string, dest: string, mode: number, keepTimes: boolean) =>
      call(undefined, { syscall: 'cp', path, dest }, () => {
        disk.unlink(files.absolute(dest));
        copyWithTimes(files, path, dest, mode, keepTimes);
      }),
    cpSyncCopyDir: (
      path: string,
      dest: string,
      force: boolean,
      dereference: boolean,
      errorOnExist: boolean,
      verbatim: boolean,
      keepTimes: boolean,
    ) =>
      call(undefined, { syscall: 'cp', path, dest }, () =>
        copyFolder(realm, files, path, dest, { force, dereference, errorOnExist, verbatim, keepTimes }),
      ),
  };
}

function nodeAt(disk: Disk, path: string, follow: boolean): DiskNode | undefined {
  try {
    return disk.place(path, follow ? 'follow' : 'stay').node;
  } catch {
    return undefined;
  }
}

/** In the order of Node's own checks. Without `dereference`, links at both ends are followed here, odd as it is. */
function checkPaths(files: OpenFiles, from: string, to: string, recursive: boolean): void {
  const { disk } = files;
  const source = disk.get(files.absolute(from));
  const dest = nodeAt(disk, files.absolute(to), true);
  const isFolder = source.kind === 'folder';
  const shown = from.endsWith('/') ? from : `${from}/`;
  if (dest === source) throw failed('ERR_FS_CP_EINVAL', `src and dest cannot be the same ${to}`);
  if (dest !== undefined && isFolder && dest.kind !== 'folder')
    throw failed('ERR_FS_CP_DIR_TO_NON_DIR', `Cannot overwrite non-directory ${to} with directory ${from}`);
  if (dest?.kind === 'folder' && !isFolder)
    throw failed('ERR_FS_CP_NON_DIR_TO_DIR', `Cannot overwrite directory ${to} with non-directory ${from}`);
  if (isInside(realPath(files, to), realPath(files, from)))
    throw failed('ERR_FS_CP_EINVAL', `Cannot copy ${shown} to a subdirectory of self ${to}`);
  if (isFolder && !recursive)
    throw failed('ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${shown}`);
  makeAbove(disk, files.absolute(to).replace(/\/+[^/]*\/*$/, ''));
}

/** True for a path that is another, or lies below it. */
const isInside = (path: string, other: string): boolean => `${path}/`.startsWith(`${other}/`);

/** Without links and dots as far as it leads; where nothing is yet, what is above it is resolved. */
function realPath(files: OpenFiles, path: string): string {
  const { root } = files.disk;
  let given = files.absolute(path).replace(/(?<=.)\/+$/, '');
  let rest = '';
  for (;;) {
    const place = walk(root, given, 'follow');
    if (typeof place !== 'string') return `${place.path}${rest}`;
    const at = given.lastIndexOf('/');
    if (at <= 0) return `${given}${rest}`;
    rest = `${given.slice(at)}${rest}`;
    given = given.slice(0, at);
  }
}

function makeAbove(disk: Disk, path: string): void {
  const names = path.split('/').filter((name) => name !== '');
  for (let count = 1; count <= names.length; count++) {
    const folder = `/${names.slice(0, count).join('/')}`;
    if (disk.find(folder) === 'ENOENT') disk.makeFolder(folder, 0o755);
  }
}

function copyWithTimes(files: OpenFiles, from: string, to: string, mode: number, keepTimes: boolean): void {
  const { disk } = files;
  copyFile(files, from, to, mode);
  if (!keepTimes) return;
  const { accessed, modified } = disk.get(files.absolute(from));
  disk.setAttributes(disk.get(files.absolute(to)), { accessed, modified });
}

/** What is in a folder; links are copied as links, also with `dereference`, as Node does it. */
function copyFolder(realm: Realm, files: OpenFiles, from: string, to: string, way: Way): void {
  const { disk } = files;
  const tell = (code: string): Error => copyError(realm, code, to);
  attempt(tell, () => makeAbove(disk, files.absolute(to)));
  const folder = disk.get(files.absolute(from));
  if (folder.kind !== 'folder') return;
  for (const name of folder.names()) {
    const source = `${from}/${name}`;
    const dest = `${to}/${name}`;
    const node = folder.get(name);
    if (node?.kind === 'folder') copyFolder(realm, files, source, dest, way);
    else if (node?.kind === 'link') {
      if (!way.verbatim) replaceLink(realm, files, source, dest, way);
      const target = way.verbatim ? node.target : targetOf(files, from, node.target);
      attempt(tell, () => disk.makeLink(target, files.absolute(dest)));
    } else attempt(tell, () => copyOne(files, source, dest, way));
  }
}

function copyOne(files: OpenFiles, from: string, to: string, way: Way): void {
  const there = nodeAt(files.disk, files.absolute(to), true);
  if (there?.kind === 'folder') refuse('EINVAL');
  if (there !== undefined && !way.force) {
    if (!way.errorOnExist) return;
    throw failed(
      'ERR_FS_CP_EEXIST',
      `[ERR_FS_CP_EEXIST]: Target already exists: cp returned EEXIST (${to} already exists)`,
    );
  }
  copyWithTimes(files, from, to, 0, way.keepTimes);
}

/** Takes away the link that a link is to replace, unless one leads into the other; refuses to replace a file. */
function replaceLink(realm: Realm, files: OpenFiles, from: string, to: string, way: Way): void {
  const { disk } = files;
  const target = realPath(files, from);
  const there = nodeAt(disk, files.absolute(to), true);
  if (there === undefined) return;
  const link = nodeAt(disk, files.absolute(to), false);
  if (link?.kind !== 'link') {
    if (link?.kind === 'file' && !way.dereference) throw copyError(realm, 'EEXIST', to);
    return;
  }
  const current = realPath(files, to);
  const isFolder = nodeAt(disk, files.absolute(from), true)?.kind === 'folder';
  if (!way.dereference && isFolder && isInside(current, target))
    throw failed('ERR_FS_CP_EINVAL', `Cannot copy ${target} to a subdirectory of self ${current}`);
  if (there.kind === 'folder' && isInside(target, current))
    throw failed('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${current} with ${target}`);
  attempt(
    (code) => copyError(realm, code, to),
    () => disk.unlink(files.absolute(to)),
  );
}

/** From the root on, without dots; the link's own target need not be there. */
function targetOf(files: OpenFiles, folder: string, target: string): string {
  return realPath(files, target.startsWith('/') ? target : `${folder}/${target}`);
}

/** These come from C++'s own file calls, not from libuv. */
const COPY_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EEXIST: 'File exists',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
};

function copyError(realm: Realm, code: string, path: string): Error {
  const error = new Error(`${code}, ${COPY_WORDS[code] ?? code} '${path}'`);
  return Object.assign(error, { errno: -realm.errno(code), code, path, syscall: 'cp' });
}

function attempt(tell: (code: string) => Error, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw error instanceof DiskError ? tell(error.code) : error;
  }
}
