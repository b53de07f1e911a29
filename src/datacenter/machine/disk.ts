// A machine's disk: a tree of inodes over a shared image, behind a page cache that forgets what was not synced when
// the power goes (disk-journal.ts says what). Calls throw DiskError with Linux's codes. Paths are absolute. Refuses
// files over 1 TiB. Called by node/bindings/ for programs, by the loader, and by computer.ts for power.
import type { Random } from '../base/random.ts';
import { refuse } from './disk-error.ts';
import { DiskFaults } from './disk-faults.ts';
import { Image, type Lower, type LowerFolder } from './disk-image.ts';
import {
  type Attributes,
  type DiskNode,
  FileNode,
  FolderNode,
  LinkNode,
  SocketNode,
  timeOf,
} from './disk-inode.ts';
import { Journal } from './disk-journal.ts';
import { Pages } from './disk-pages.ts';
import { type AtEnd, mayAccess, type Place, walk } from './disk-walk.ts';
import { DiskWatchers } from './disk-watchers.ts';

export type { DiskNode, FileNode, FolderNode, LinkNode } from './disk-inode.ts';

const FILE_BYTES_MAX = 2 ** 40;

export class Disk {
  readonly faults = new DiskFaults();
  readonly watchers = new DiskWatchers();
  readonly #journal = new Journal();
  readonly root: FolderNode;
  readonly #now: () => number;
  #nextInode = 2;

  /** Over `image`; `now` gives virtual nanoseconds. */
  constructor(image: LowerFolder = new Image(), now: () => number = () => 0) {
    this.#now = now;
    this.root = new FolderNode(this.#nextInode++, 0o755, timeOf(0), this.#materialize, image);
    this.root.links = 1;
    if (this.root.get('tmp') === undefined) this.makeFolder('/tmp', 0o777);
    if (this.root.get('dev') === undefined) {
      this.makeFolder('/dev', 0o755);
      const place = this.#free('/dev/null');
      this.#enter(place, new FileNode(this.#nextInode++, 0o666, timeOf(0), new Pages(), true));
    }
    this.#journal.syncAll();
  }

  /** Writes a whole file from outside the machine: kept at once. Makes folders on the way; keeps `bytes` itself. */
  put(path: string, bytes: Uint8Array): void {
    const { slowMs, isFull, isFailing } = this.faults;
    this.faults.mend();
    const names = path.split('/').filter((name) => name !== '');
    for (let count = 1; count < names.length; count++) {
      const folder = `/${names.slice(0, count).join('/')}`;
      if (this.find(folder) === 'ENOENT') this.makeFolder(folder, 0o755);
    }
    const place = this.place(path, 'follow');
    const file = place.node ?? this.makeFile(place, 0o644);
    if (file.kind === 'file') {
      this.truncate(file, 0);
      this.write(file, bytes, 0);
    }
    this.#journal.syncAll();
    Object.assign(this.faults, { slowMs, isFull, isFailing });
  }

  /** What lies at an absolute path, links followed; an error code where nothing does. */
  find(path: string): FileNode | FolderNode | SocketNode | string {
    const place = walk(this.root, path, 'follow');
    if (typeof place === 'string') return place;
    const { node } = place;
    return node === undefined || node.kind === 'link' ? 'ENOENT' : node;
  }

  /** Where a path leads; throws where its folder is not there. */
  place(path: string, atEnd: AtEnd): Place {
    const place = walk(this.root, path, atEnd);
    return typeof place === 'string' ? refuse(place) : place;
  }

  /** What lies at a path; throws where nothing does. */
  get(path: string, follow = true): DiskNode {
    return this.place(path, follow ? 'follow' : 'stay').node ?? refuse('ENOENT');
  }

  makeFile(place: Place, permissions: number): FileNode {
    const file = new FileNode(this.#nextInode++, permissions, timeOf(this.#now()));
    this.#enter(place, file);
    return file;
  }

  makeSocket(place: Place, permissions: number): SocketNode {
    const socket = new SocketNode(this.#nextInode++, permissions, timeOf(this.#now()));
    this.#enter(place, socket);
    return socket;
  }

  makeFolder(path: string, permissions: number): void {
    const place = this.#free(path);
    this.#enter(
      place,
      new FolderNode(this.#nextInode++, permissions, timeOf(this.#now()), this.#materialize),
    );
  }

  makeLink(target: string, path: string): void {
    if (target === '') refuse('ENOENT');
    const place = this.#free(path);
    if (place.isFolderAsked) refuse('ENOENT');
    this.#enter(place, new LinkNode(this.#nextInode++, target, timeOf(this.#now())));
  }

  link(from: string, to: string): void {
    const node = this.get(from, false);
    const place = this.#free(to);
    if (place.isFolderAsked) refuse('ENOENT');
    this.#mayChange(place.parent);
    if (node.kind === 'folder') refuse('EPERM');
    this.#enter(place, node);
    this.#attributesChange(node);
  }

  unlink(path: string): void {
    const place = this.place(path, 'name');
    if (place.node === undefined) refuse('ENOENT');
    if (place.isFolderAsked) refuse(place.node.kind === 'folder' ? 'EISDIR' : 'ENOTDIR');
    this.#mayChange(place.parent);
    if (place.node.kind === 'folder') refuse('EISDIR');
    this.#leave(place, place.node);
  }

  removeFolder(path: string): void {
    const place = this.place(path, 'name');
    if (place.node === undefined) refuse('ENOENT');
    if (place.name === '')
      refuse(/\.\.\/*$/.test(path) ? 'ENOTEMPTY' : path.includes('.') ? 'EINVAL' : 'EBUSY');
    this.#mayChange(place.parent);
    if (place.node.kind !== 'folder') refuse('ENOTDIR');
    if (!place.node.isEmpty) refuse('ENOTEMPTY');
    this.#leave(place, place.node);
  }

  /** rename(2), with its checks in Linux's order. */
  rename(from: string, to: string): void {
    const old = this.place(from, 'name');
    const place = this.place(to, 'name');
    if (old.name === '' || place.name === '') refuse('EBUSY');
    const { node } = old;
    if (node === undefined) refuse('ENOENT');
    const isFolder = node.kind === 'folder';
    if (!isFolder && (old.isFolderAsked || place.isFolderAsked)) refuse('ENOTDIR');
    const replaced = place.node;
    if (replaced !== node) {
      if (isFolder && `${place.path}/`.startsWith(`${old.path}/`)) refuse('EINVAL');
      if (replaced?.kind === 'folder' && `${old.path}/`.startsWith(`${place.path}/`)) refuse('ENOTEMPTY');
    }
    if (replaced === node) return;
    this.#mayChange(old.parent);
    this.#mayChange(place.parent);
    if (replaced !== undefined && replaced.kind !== 'folder' && isFolder) refuse('ENOTDIR');
    if (replaced?.kind === 'folder' && !isFolder) refuse('EISDIR');
    // A folder that moves has its `..` written anew.
    if (isFolder && old.parent !== place.parent && !mayAccess(node, 2)) refuse('EACCES');
    if (replaced?.kind === 'folder' && !replaced.isEmpty) refuse('ENOTEMPTY');
    this.#setName(old.parent, old.name, null);
    if (replaced !== undefined) replaced.links--;
    this.#setName(place.parent, place.name, node);
    node.home = { folder: place.parent, name: place.name };
    this.#attributesChange(node);
    this.watchers.named(old.parent, old.name, node);
    this.watchers.named(place.parent, place.name, replaced ?? null);
  }

  read(file: FileNode, into: Uint8Array, at: number): number {
    this.faults.use();
    const { accessed, modified } = file;
    // relatime, the default of mount(8): the first read after a write is noted.
    if (accessed.seconds <= modified.seconds && into.length > 0) file.accessed = timeOf(this.#now());
    return file.pages.read(into, at);
  }

  write(file: FileNode, bytes: Uint8Array, at: number): void {
    if (file.isNull) return;
    if (at + bytes.length > FILE_BYTES_MAX) refuse('EFBIG');
    this.faults.store();
    this.#bytesChange(file);
    file.pages.write(bytes, at, this.#now());
  }

  truncate(file: FileNode, size: number): void {
    if (file.isNull) return;
    if (size > FILE_BYTES_MAX) refuse('EFBIG');
    this.faults.use();
    this.#bytesChange(file);
    file.pages.truncate(size, this.#now());
  }

  /** Changes modes, owners or times, and notes the moment. */
  setAttributes(node: DiskNode, attributes: Partial<Attributes>): void {
    this.#attributesChange(node);
    Object.assign(node, attributes);
    this.watchers.changed(node);
  }

  /** fsync; gives what it takes, nanoseconds. */
  sync(node: DiskNode): number {
    this.faults.use();
    this.#journal.settle(this.#now());
    return this.faults.syncNs(this.#journal.sync(node));
  }

  /** RAM is gone; the disk keeps what disk-journal.ts says. `torn` decides about pages that were on their way. */
  powerLost(torn: Random | null): void {
    this.#journal.powerLost(this.#now(), torn);
  }

  /** Puts the disk's faults as they should be; what is due by now was written back before. */
  setFaults(change: (faults: DiskFaults) => void): void {
    this.#journal.settle(this.#now());
    change(this.faults);
    this.#journal.isStuck = this.faults.isFailing;
  }

  #free(path: string): Place {
    const place = this.place(path, 'name');
    if (place.node !== undefined) refuse('EEXIST');
    return place;
  }

  #enter(place: Place, node: DiskNode): void {
    this.#mayChange(place.parent);
    this.faults.store();
    this.#setName(place.parent, place.name, node);
    node.links++;
    node.home = { folder: place.parent, name: place.name };
    this.watchers.named(place.parent, place.name, null);
  }

  #leave(place: Place, node: DiskNode): void {
    this.#setName(place.parent, place.name, null);
    this.#attributesChange(node);
    node.links--;
    this.watchers.named(place.parent, place.name, node);
  }

  #setName(folder: FolderNode, name: string, node: DiskNode | null): void {
    const now = this.#now();
    this.#journal.settle(now);
    this.#journal.nameChanges(folder, name, folder.get(name) ?? null, now);
    this.#journal.attributesChange(folder, now);
    folder.set(name, node);
    folder.modified = timeOf(now);
    folder.changed = folder.modified;
  }

  #attributesChange(node: DiskNode): void {
    const now = this.#now();
    this.#journal.settle(now);
    this.#journal.attributesChange(node, now);
    node.changed = timeOf(now);
  }

  #bytesChange(file: FileNode): void {
    const now = this.#now();
    this.#journal.settle(now);
    this.#journal.bytesChange(file, now);
    file.modified = timeOf(now);
    file.changed = file.modified;
    this.watchers.changed(file);
  }

  #mayChange(folder: FolderNode): void {
    this.faults.use();
    if (!mayAccess(folder, 3)) refuse('EACCES');
  }

  readonly #materialize = (lower: Lower): DiskNode => {
    const inode = this.#nextInode++;
    if (lower.kind === 'link') return new LinkNode(inode, lower.target, timeOf(0));
    if (lower.kind === 'folder')
      return new FolderNode(inode, lower.permissions ?? 0o755, timeOf(0), this.#materialize, lower);
    const modified = timeOf((lower.modifiedMs ?? 0) * 1e6);
    const pages = new Pages(lower.size, () => lower.read());
    return new FileNode(inode, lower.permissions ?? 0o644, modified, pages);
  };
}
