// Calls that look at files and folders without opening them: access, stat and its kin, readdir, readlink, realpath.
// Changes nothing. Part of internalBinding('fs'), put together by fs.ts.
import { DiskError, refuse } from '../../machine/disk-error.ts';
import { type DiskNode, linksOf } from '../../machine/disk-inode.ts';
import { mayAccess } from '../../machine/disk-walk.ts';
import { RUN_STARTS_AT_MS } from '../clock.ts';
import type { Binding, Realm } from '../realm.ts';
import { type Call, validFd, validMode } from './fs-call.ts';
import { bytesOf, inEncoding, type Path } from './fs-names.ts';
import type { OpenFiles } from './open-files.ts';

const RUN_STARTS_AT_SECONDS = RUN_STARTS_AT_MS / 1000;
const TYPE_BITS = { file: 0o100000, folder: 0o040000, link: 0o120000, socket: 0o140000 } as const;
const CHARACTER_DEVICE = 0o020000;
const PIPE = 0o010000;
/** Numbers of dirents: UV_DIRENT_FILE, _DIR, _LINK, _SOCKET, _CHAR. */
const DIRENTS = { file: 1, folder: 2, link: 3, socket: 5 } as const;
const DIRENT_CHARACTER = 6;
/** What statfs tells of ext4. */
const STATFS = [0xef53, 4096, 2_621_440, 2_490_368, 2_359_296, 655_360, 589_824, 0];

export function direntOf(node: DiskNode | undefined): number {
  if (node === undefined) return 0;
  return node.kind === 'file' && node.isNull ? DIRENT_CHARACTER : DIRENTS[node.kind];
}

/** The eighteen numbers of Node's stat array: identity, sizes, then four times in seconds and nanoseconds. */
export function statValues(node: DiskNode): number[] {
  const isNull = node.kind === 'file' && node.isNull;
  const size =
    node.kind === 'file'
      ? node.pages.size
      : node.kind === 'link'
        ? bytesOf(node.target).length
        : node.kind === 'socket'
          ? 0
          : 4096;
  const blocks = node.kind === 'file' ? node.pages.allocatedPages * 8 : node.kind === 'folder' ? 8 : 0;
  const times = [node.accessed, node.modified, node.changed, node.born];
  return [
    2049,
    (isNull ? CHARACTER_DEVICE : TYPE_BITS[node.kind]) | node.permissions,
    linksOf(node),
    node.userId,
    node.groupId,
    isNull ? 259 : 0,
    4096,
    node.inode,
    size,
    blocks,
    ...times.flatMap(({ seconds, nanoseconds }) => [RUN_STARTS_AT_SECONDS + seconds, nanoseconds]),
  ];
}

/** What fstat tells of a stream: a pipe. */
function streamValues(fd: number): number[] {
  const times = Array.from({ length: 4 }, () => [RUN_STARTS_AT_SECONDS, 0]).flat();
  return [13, PIPE | 0o600, 1, 1000, 1000, 0, 4096, 10 + fd, 0, 0, ...times];
}

export function asStats(values: readonly number[], big: boolean): Float64Array | BigInt64Array {
  return big ? BigInt64Array.from(values, BigInt) : Float64Array.from(values);
}

export function lookingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  return { ...statCalls(realm, files, call), ...namingCalls(realm, files, call) };
}

function statCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  /** `quiet`: errors that throwIfNoEntry spares the program. */
  const pathStat =
    (syscall: string, follow: boolean, quiet: readonly string[]) =>
    (path: Path, big: boolean, req: unknown, throwIfNone = true) => {
      const look = (): unknown => asStats(statValues(disk.get(files.absolute(path), follow)), big);
      return call(req, { syscall, path }, throwIfNone === false ? () => unlessNone(look, quiet) : look);
    };
  return {
    access: (path: Path, mode: unknown, req: unknown) => {
      const bits = validMode(mode);
      return call(req, { syscall: 'access', path }, () => {
        if (!mayAccess(disk.get(files.absolute(path)), bits)) refuse('EACCES');
      });
    },
    existsSync: (path: Path) => typeof disk.find(files.absolute(path)) !== 'string',
    internalModuleStat: (path: Path) => {
      const node = disk.find(files.absolute(path));
      return typeof node === 'string' ? -2 : node.kind === 'folder' ? 1 : 0;
    },
    stat: pathStat('stat', true, ['ENOENT', 'ENOTDIR']),
    lstat: pathStat('lstat', false, ['ENOENT']),
    fstat: (fd: number, big: boolean, req: unknown, quiet?: boolean) => {
      validFd(realm, fd);
      if (fd >= 0 && fd <= 2) return call(req, { syscall: 'fstat' }, () => asStats(streamValues(fd), big));
      if (quiet === true && !files.has(fd)) return undefined;
      return call(req, { syscall: 'fstat' }, () => asStats(statValues(files.get(fd).node), big));
    },
    statfs: (path: Path, big: boolean, req: unknown) =>
      call(req, { syscall: 'statfs', path }, () => {
        disk.get(files.absolute(path));
        const values = disk.faults.isFull
          ? STATFS.map((value, at) => (at === 3 || at === 4 ? 0 : value))
          : STATFS;
        return big ? BigInt64Array.from(values, BigInt) : Float64Array.from(values);
      }),
  };
}

/** Undefined where the disk refuses with one of the codes. */
function unlessNone(look: () => unknown, codes: readonly string[]): unknown {
  try {
    return look();
  } catch (error) {
    if (error instanceof DiskError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

function namingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  return {
    readdir: (path: Path, encoding: unknown, withTypes: boolean, req: unknown) =>
      call(req, { syscall: 'scandir', path }, () => {
        const node = disk.get(files.absolute(path));
        if (node.kind !== 'folder') refuse('ENOTDIR');
        if (!mayAccess(node, 4)) refuse('EACCES');
        disk.faults.use();
        const names = node.names();
        const told = names.map((name) => inEncoding(realm, name, encoding));
        return withTypes ? [told, names.map((name) => direntOf(node.get(name)))] : told;
      }),
    readlink: (path: Path, encoding: unknown, req: unknown) =>
      call(req, { syscall: 'readlink', path }, () => {
        const node = disk.get(files.absolute(path), false);
        return inEncoding(realm, node.kind === 'link' ? node.target : refuse('EINVAL'), encoding);
      }),
    realpath: (path: Path, encoding: unknown, req: unknown) =>
      call(req, { syscall: 'realpath', path }, () => {
        const place = disk.place(files.absolute(path), 'real');
        if (place.node === undefined) refuse('ENOENT');
        return inEncoding(realm, place.path, encoding);
      }),
    getFormatOfExtensionlessFile: () => 0,
  };
}
