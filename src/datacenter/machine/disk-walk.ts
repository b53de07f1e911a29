// Finds what lies at a path: `.`, `..`, symbolic links, trailing slashes and permissions as path_resolution(7)
// has them. Gives Linux's error code where nothing can be found. Pure. Called by disk.ts.
import { type DiskNode, type FolderNode, USER_ID } from './disk-inode.ts';

const LINKS_MAX = 40;
const NAME_BYTES_MAX = 255;
const PATH_BYTES_MAX = 4095;

/** Where a path leads: a folder, a name in it, and what is there. The name is '' for the root, and after `.` and `..`. */
export interface Place {
  readonly parent: FolderNode;
  readonly name: string;
  readonly node: DiskNode | undefined;
  /** The path ends with a slash: only a folder will do. */
  readonly isFolderAsked: boolean;
  /** Without links. */
  readonly path: string;
}

export type Access = 4 | 2 | 1;

/** True where the program's user may read (4), write (2), or execute and enter (1). */
export function mayAccess(node: DiskNode, access: number): boolean {
  const shift = node.userId === USER_ID ? 6 : node.groupId === USER_ID ? 3 : 0;
  return ((node.permissions >> shift) & access) === access;
}

/**
 * What becomes of a symbolic link at the path's end: `follow`; `stay`, but followed where a slash comes after it;
 * `name`, where the path names something to make, move or take away: it is not looked at, slash or no slash;
 * `make`, followed, but what ends with a slash is not looked at; `real`, followed, and the way back out of a folder is
 * free, as realpath(3) has it.
 */
export type AtEnd = 'follow' | 'stay' | 'name' | 'make' | 'real';

export function walk(root: FolderNode, path: string, atEnd: AtEnd): Place | string {
  if (path === '') return 'ENOENT';
  if (path.length > PATH_BYTES_MAX) return 'ENAMETOOLONG';
  const mustFit = atEnd !== 'name' && atEnd !== 'make';
  const pending = path.split('/').reverse();
  const trail: { readonly folder: FolderNode; readonly name: string }[] = [];
  let folder = root;
  let links = 0;
  for (;;) {
    const name = pending.pop();
    if (name === undefined) break;
    if (name === '') continue;
    const isDots = name === '.' || name === '..';
    if (!mayAccess(folder, 1) && !(isDots && atEnd === 'real')) return 'EACCES';
    if (name === '.') continue;
    if (name === '..') {
      folder = trail.pop()?.folder ?? root;
      continue;
    }
    if (name.length > NAME_BYTES_MAX) return 'ENAMETOOLONG';
    const isLast = pending.every((each) => each === '');
    const isFolderAsked = isLast && pending.length > 0;
    const node = folder.get(name);
    if (node?.kind === 'link' && (!isLast || isFollowedAtEnd(atEnd, isFolderAsked))) {
      if (++links > LINKS_MAX) return 'ELOOP';
      if (node.target.startsWith('/')) {
        trail.length = 0;
        folder = root;
      }
      pending.push(...node.target.split('/').reverse());
      continue;
    }
    if (isLast) {
      if (node !== undefined && isFolderAsked && node.kind !== 'folder' && mustFit) return 'ENOTDIR';
      const above = trail.map((each) => `/${each.name}`).join('');
      return { parent: folder, name, node, isFolderAsked, path: `${above}/${name}` };
    }
    if (node === undefined) return 'ENOENT';
    if (node.kind !== 'folder') return 'ENOTDIR';
    trail.push({ folder, name });
    folder = node;
  }
  const at = trail.at(-1);
  return {
    parent: at?.folder ?? root,
    name: '',
    node: folder,
    isFolderAsked: true,
    path: `/${trail.map((each) => each.name).join('/')}`,
  };
}

function isFollowedAtEnd(atEnd: AtEnd, isFolderAsked: boolean): boolean {
  if (atEnd === 'name') return false;
  if (atEnd === 'stay') return isFolderAsked;
  return atEnd !== 'make' || !isFolderAsked;
}
