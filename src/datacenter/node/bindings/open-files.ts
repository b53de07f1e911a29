// The descriptors of one process: numbers from 3 up, the lowest free one first, each leading to an open file with
// its position and flags. Descriptors 0 to 2 are the streams: 1 and 2 print, 0 is at its end. A socket has a number
// once somebody asks for it. Errors are DiskErrors; fs-call.ts makes Node's of them. Called by the fs bindings and by
// descriptors.ts.
import type { Disk, DiskNode, FileNode } from '../../machine/disk.ts';
import { refuse } from '../../machine/disk-error.ts';
import { type AtEnd, mayAccess, type Place } from '../../machine/disk-walk.ts';
import type { Realm } from '../realm.ts';
import { type Path, pathText } from './fs-names.ts';

// Flags of open(2) on x86-64 Linux.
const ACCESS_MODE = 0o3;
const READ_ONLY = 0;
const WRITE_ONLY = 1;
const CREATE = 0o100;
const EXCLUSIVE = 0o200;
const TRUNCATE = 0o1000;
const APPEND = 0o2000;
const DATA_SYNC = 0o10000;
const FOLDER = 0o200000;
const NO_FOLLOW = 0o400000;

/** As `ulimit -n` has it on servers; Linux itself allows more. */
export const OPEN_FILES_MAX = 65_536;

export interface OpenFile {
  readonly node: DiskNode;
  readonly flags: number;
  position: number;
}

export class OpenFiles {
  readonly disk: Disk;
  readonly #realm: Realm;
  readonly #open = new Map<number, OpenFile>();
  readonly #sockets = new Map<number, object>();
  #lowestFree = 3;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.disk = realm.machine.disk;
  }

  /** A path as the disk wants it: from the root on. */
  absolute(path: Path): string {
    const text = pathText(path);
    return text === '' || text.startsWith('/') ? text : `${this.#realm.workingDirectory}/${text}`;
  }

  /** Permissions of what the process makes, without what its umask takes away. */
  masked(permissions: number): number {
    return permissions & ~this.#realm.umask & 0o7777;
  }

  has(fd: number): boolean {
    return this.#open.has(fd);
  }

  /** The handle of a socket that has this number. */
  socketAt(fd: number): object | undefined {
    return this.#sockets.get(fd);
  }

  /** Gives a socket's handle a number, or the one that another handle of it has. */
  addSocket(handle: object, fd = this.#lowestFree): number {
    this.#sockets.set(fd, handle);
    this.#skipTaken();
    return fd;
  }

  closeSocket(fd: number): void {
    if (this.#sockets.delete(fd)) this.#lowestFree = Math.min(this.#lowestFree, fd);
  }

  #skipTaken(): void {
    while (this.#open.has(this.#lowestFree) || this.#sockets.has(this.#lowestFree)) this.#lowestFree++;
  }

  get(fd: number): OpenFile {
    return this.#open.get(fd) ?? refuse('EBADF');
  }

  /** The file of a descriptor that is open for writing. */
  writable(fd: number, why = 'EBADF'): OpenFile & { readonly node: FileNode } {
    const file = this.get(fd);
    if ((file.flags & ACCESS_MODE) === READ_ONLY) refuse(why);
    if (file.node.kind !== 'file') refuse('EISDIR');
    return file as OpenFile & { readonly node: FileNode };
  }

  /** `path` is absolute. */
  open(path: string, flags: number, permissions: number): number {
    if ((flags & (CREATE | FOLDER)) === (CREATE | FOLDER)) refuse('EINVAL');
    if (this.#open.size >= OPEN_FILES_MAX) refuse('EMFILE');
    const { disk } = this;
    const place = disk.place(path, atEndOf(flags));
    const node = this.#nodeFor(place, flags, permissions);
    if ((flags & TRUNCATE) !== 0 && node.kind === 'file') disk.truncate(node, 0);
    return this.adopt({ node, flags, position: 0 });
  }

  /** Gives an open file a number. */
  adopt(file: OpenFile): number {
    const fd = this.#lowestFree;
    this.#open.set(fd, file);
    this.#skipTaken();
    return fd;
  }

  /** An open file without its number, for another process or thread. */
  take(fd: number): OpenFile {
    const file = this.get(fd);
    this.close(fd);
    return file;
  }

  close(fd: number): void {
    if (fd >= 0 && fd <= 2) return;
    if (!this.#open.delete(fd)) refuse('EBADF');
    this.#lowestFree = Math.min(this.#lowestFree, fd);
  }

  /** Bytes read into `into`; `position` below 0 reads on from where the last read ended. */
  read(fd: number, into: Uint8Array, position: number): number {
    if (fd === 0) return 0;
    const file = this.get(fd);
    if ((file.flags & ACCESS_MODE) === WRITE_ONLY) refuse('EBADF');
    if (file.node.kind !== 'file') refuse('EISDIR');
    const count = this.disk.read(file.node, into, position < 0 ? file.position : position);
    if (position < 0) file.position += count;
    return count;
  }

  /** All bytes written, or none. Descriptors 1 and 2 print. */
  write(fd: number, bytes: Uint8Array, position: number): number {
    if (fd === 1 || fd === 2) {
      this.#realm.output.write(fd === 1 ? 'stdout' : 'stderr', bytes);
      return bytes.length;
    }
    const file = this.writable(fd);
    // pwrite(2) on Linux: a file opened with O_APPEND is appended to, whatever the position.
    const isAppending = (file.flags & APPEND) !== 0;
    const at = isAppending ? file.node.pages.size : position < 0 ? file.position : position;
    this.disk.write(file.node, bytes, at);
    if (position < 0) file.position = at + bytes.length;
    if ((file.flags & DATA_SYNC) !== 0) this.#realm.process.compute(this.disk.sync(file.node));
    return bytes.length;
  }

  #nodeFor(place: Place, flags: number, permissions: number): DiskNode {
    const access = flags & ACCESS_MODE;
    const { node } = place;
    const isExclusive = (flags & (CREATE | EXCLUSIVE)) === (CREATE | EXCLUSIVE);
    if ((flags & CREATE) !== 0 && place.isFolderAsked && place.name !== '') refuse('EISDIR');
    if (node === undefined) {
      if ((flags & CREATE) === 0) refuse('ENOENT');
      return this.disk.makeFile(place, this.masked(permissions));
    }
    if (isExclusive) refuse('EEXIST');
    if (node.kind === 'folder' && (flags & CREATE) !== 0) refuse('EISDIR');
    if ((flags & FOLDER) !== 0 && node.kind !== 'folder') refuse('ENOTDIR');
    if (node.kind === 'link') refuse('ELOOP');
    if (node.kind === 'socket') refuse('ENXIO');
    const isTruncating = (flags & TRUNCATE) !== 0;
    if (node.kind === 'folder' && (access !== READ_ONLY || isTruncating)) refuse('EISDIR');
    const asked = access === READ_ONLY ? 4 : access === WRITE_ONLY ? 2 : 6;
    if (!mayAccess(node, isTruncating ? asked | 2 : asked)) refuse('EACCES');
    return node;
  }
}

/** What opening does with a link at the path's end. */
function atEndOf(flags: number): AtEnd {
  const isFollowing = (flags & NO_FOLLOW) === 0;
  if ((flags & CREATE) === 0) return isFollowing ? 'follow' : 'stay';
  return isFollowing && (flags & EXCLUSIVE) === 0 ? 'make' : 'name';
}
