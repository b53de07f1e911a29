// Files, folders, symbolic links and sockets' names as a disk keeps them: owners, modes, times, names. Folders look through to
// the shared image until a name is changed. Knows nothing of paths or power. Called by disk*.ts and node/.
import type { Lower, LowerFolder } from './disk-image.ts';
import { Pages } from './disk-pages.ts';

/** Seconds and nanoseconds since the run's start. */
export interface DiskTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

export function timeOf(ns: number): DiskTime {
  const seconds = Math.floor(ns / 1e9);
  return { seconds, nanoseconds: Math.round(ns - seconds * 1e9) };
}

/** What a process's files belong to, and what each machine's program runs as. */
export const USER_ID = 1000;

/** What chmod, chown and utimes change. */
export interface Attributes {
  permissions: number;
  userId: number;
  groupId: number;
  accessed: DiskTime;
  modified: DiskTime;
}

abstract class Inode implements Attributes {
  readonly inode: number;
  permissions: number;
  userId = USER_ID;
  groupId = USER_ID;
  accessed: DiskTime;
  modified: DiskTime;
  changed: DiskTime;
  readonly born: DiskTime;
  /** Names that lead here. Folders: see `linksOf`. */
  links = 0;
  /** The folder where it was put last: hears of its changes. */
  home: { readonly folder: FolderNode; readonly name: string } | null = null;
  /** Attributes that the disk itself still has, while the cache has newer ones. */
  onDisk: Attributes | null = null;

  constructor(inode: number, permissions: number, at: DiskTime) {
    this.inode = inode;
    this.permissions = permissions;
    this.accessed = at;
    this.modified = at;
    this.changed = at;
    this.born = at;
  }
}

export class FileNode extends Inode {
  readonly kind = 'file';
  readonly pages: Pages;
  /** `/dev/null`: swallows what is written, is always at its end. */
  readonly isNull: boolean;

  constructor(inode: number, permissions: number, at: DiskTime, pages = new Pages(), isNull = false) {
    super(inode, permissions, at);
    this.pages = pages;
    this.isNull = isNull;
  }

  get bytes(): Uint8Array {
    return this.pages.bytes;
  }
}

export class LinkNode extends Inode {
  readonly kind = 'link';
  readonly target: string;

  constructor(inode: number, target: string, at: DiskTime) {
    super(inode, 0o777, at);
    this.target = target;
  }
}

/** The name of a Unix socket. Nothing can be read or written by it: it is connected to (unix-sockets.ts). */
export class SocketNode extends Inode {
  readonly kind = 'socket';
}

/** Turns what lies in the image into an inode of this disk. */
export type Materialize = (lower: Lower) => DiskNode;

export class FolderNode extends Inode {
  readonly kind = 'folder';
  /** Names that are not as in the image, or were looked at; null where a name was taken away. */
  readonly #own = new Map<string, DiskNode | null>();
  readonly #lower: LowerFolder | null;
  readonly #materialize: Materialize;
  /** Names changed since the journal's last commit, with what the disk has there. */
  readonly namesOnDisk = new Map<string, DiskNode | null>();

  constructor(
    inode: number,
    permissions: number,
    at: DiskTime,
    materialize: Materialize,
    lower: LowerFolder | null = null,
  ) {
    super(inode, permissions, at);
    this.#materialize = materialize;
    this.#lower = lower;
  }

  get(name: string): DiskNode | undefined {
    const own = this.#own.get(name);
    if (own !== undefined) return own ?? undefined;
    const lower = this.#lower?.get(name);
    if (lower === undefined) return undefined;
    const node = this.#materialize(lower);
    node.links = 1;
    node.home = { folder: this, name };
    this.#own.set(name, node);
    return node;
  }

  set(name: string, node: DiskNode | null): void {
    if (node === null && this.#lower?.get(name) === undefined) this.#own.delete(name);
    else this.#own.set(name, node);
  }

  /** In the order of their bytes, as libuv's scandir sorts them. */
  names(): string[] {
    const names = new Set<string>(this.#lower?.names());
    for (const [name, node] of this.#own) {
      if (node === null) names.delete(name);
      else names.add(name);
    }
    return [...names].sort(byBytes);
  }

  countFolders(): number {
    let count = 0;
    for (const name of this.names())
      if ((this.#own.get(name) ?? this.#lower?.get(name))?.kind === 'folder') count++;
    return count;
  }

  get isEmpty(): boolean {
    return this.names().length === 0;
  }
}

export type DiskNode = FileNode | FolderNode | LinkNode | SocketNode;

/** Hard links of a node; a folder has its name, its `.` and the `..` of each folder in it. */
export function linksOf(node: DiskNode): number {
  if (node.kind !== 'folder') return node.links;
  if (node.links === 0) return 0;
  return 2 + node.countFolders();
}

/** A byte of a name that is no UTF-8: see node/bindings/fs-names.ts. */
const STRAY_BYTE = /(?<![\ud800-\udbff])[\udc80-\udcff]/;

/** UTF-16 order and UTF-8 order differ for surrogates only. */
function byBytes(a: string, b: string): number {
  if (STRAY_BYTE.test(a) || STRAY_BYTE.test(b)) return byValue(nameBytes(a), nameBytes(b));
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x === y) continue;
    const lift = (unit: number): number =>
      unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
    return lift(x) - lift(y);
  }
  return a.length - b.length;
}

function byValue(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 || at >= b.length ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

function nameBytes(name: string): number[] {
  const bytes: number[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(0));
    else if (code >= 0xdc80 && code < 0xdd00) bytes.push(code - 0xdc00);
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(6), tail(0));
    else bytes.push(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
  }
  return bytes;
}
