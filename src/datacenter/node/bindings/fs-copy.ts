// The native half of fs.cpSync(): checks of source and destination, and the copying of a whole folder, with the
// errors that Node's C++ throws. Part of internalBinding('fs'), put together by fs.ts.
import type { Disk, DiskNode } from '../../machine/disk.ts';
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

export function copyingCalls(_realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  return {
    cpSyncCheckPaths: (path: string, dest: string, dereference: boolean, recursive: boolean) =>
      call(undefined, { syscall: dereference ? 'stat' : 'lstat', path }, () =>
        checkPaths(files, path, dest, dereference, recursive),
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
        copyFolder(files, path, dest, { force, dereference, errorOnExist, verbatim, keepTimes }),
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

function checkPaths(
  files: OpenFiles,
  from: string,
  to: string,
  dereference: boolean,
  recursive: boolean,
): void {
  const { disk } = files;
  const source = disk.get(files.absolute(from), dereference);
  const dest = nodeAt(disk, files.absolute(to), dereference);
  const isFolder = source.kind === 'folder';
  const shown = isFolder && !from.endsWith('/') ? `${from}/` : from;
  if (dest === source) throw failed('ERR_FS_CP_EINVAL', 'src and dest cannot be the same');
  if (dest !== undefined && isFolder && dest.kind !== 'folder')
    throw failed('ERR_FS_CP_DIR_TO_NON_DIR', `Cannot overwrite non-directory ${to} with directory ${from}`);
  if (dest?.kind === 'folder' && !isFolder && source.kind !== 'link')
    throw failed('ERR_FS_CP_NON_DIR_TO_DIR', `Cannot overwrite directory ${to} with non-directory ${from}`);
  if (isFolder && !recursive)
    throw failed('ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${shown}`);
  const plain = (path: string): string => {
    const place = walk(disk.root, files.absolute(path), 'follow');
    return typeof place === 'string' ? files.absolute(path) : place.path;
  };
  if (isFolder && `${plain(to)}/`.startsWith(`${plain(from)}/`))
    throw failed('ERR_FS_CP_EINVAL', `Cannot copy ${shown} to a subdirectory of self ${to}`);
  const above = files.absolute(to).replace(/\/+[^/]*\/*$/, '');
  makeAbove(disk, above);
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

function copyFolder(files: OpenFiles, from: string, to: string, way: Way): void {
  const { disk } = files;
  makeAbove(disk, files.absolute(to));
  const folder = disk.get(files.absolute(from));
  if (folder.kind !== 'folder') return;
  for (const name of folder.names()) {
    const source = `${from}/${name}`;
    const dest = `${to}/${name}`;
    const node = disk.get(files.absolute(source), way.dereference);
    if (node.kind === 'folder') copyFolder(files, source, dest, way);
    else if (node.kind === 'link') copyLink(files, source, dest, node.target, way);
    else copyOne(files, source, dest, way);
  }
}

function copyOne(files: OpenFiles, from: string, to: string, way: Way): void {
  const there = nodeAt(files.disk, files.absolute(to), false);
  if (there?.kind === 'folder')
    throw failed('ERR_FS_CP_NON_DIR_TO_DIR', `Cannot overwrite directory ${to} with non-directory ${from}`);
  if (there !== undefined) {
    if (!way.force) {
      if (way.errorOnExist) throw exists(to);
      return;
    }
    files.disk.unlink(files.absolute(to));
  }
  copyWithTimes(files, from, to, 0, way.keepTimes);
}

function copyLink(files: OpenFiles, from: string, to: string, target: string, way: Way): void {
  const { disk } = files;
  const folder = files.absolute(from).replace(/\/[^/]*$/, '');
  const pointed = way.verbatim || target.startsWith('/') ? target : `${folder}/${target}`;
  const there = nodeAt(disk, files.absolute(to), false);
  if (there !== undefined) {
    if (there.kind !== 'link' && !way.force) {
      if (way.errorOnExist) throw exists(to);
      return;
    }
    disk.unlink(files.absolute(to));
  }
  disk.makeLink(pointed, files.absolute(to));
}

function exists(path: string): Error {
  return failed(
    'ERR_FS_CP_EEXIST',
    `[ERR_FS_CP_EEXIST]: Target already exists: cp returned EEXIST (${path} already exists) ${path}`,
  );
}
