// Finds what lies at a path: `.`, `..`, symbolic links, trailing slashes and permissions as path_resolution(7)
// has them. Gives Linux's error code where nothing can be found. Pure. Called by disk.ts.
import { type DiskNode, type FolderNode, USER_ID } from './disk-inode.ts';

const LINKS_MAX = 40;
const NAME_BYTES_MAX = 255;
const PATH_BYTES_MAX = 4095;

/** Where a path leads: a folder, a name in it, and what is there. The root has the name ''. */
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

export function walk(root: FolderNode, path: string, follow: boolean): Place | string {
  if (path === '') return 'ENOENT';
  if (path.length > PATH_BYTES_MAX) return 'ENAMETOOLONG';
  const pending = path.split('/').reverse();
  const trail: { readonly folder: FolderNode; readonly name: string }[] = [];
  let folder = root;
  let links = 0;
  for (;;) {
    const name = pending.pop();
    if (name === undefined) break;
    if (name === '' || name === '.') continue;
    if (!mayAccess(folder, 1)) return 'EACCES';
    if (name === '..') {
      folder = trail.pop()?.folder ?? root;
      continue;
    }
    if (name.length > NAME_BYTES_MAX) return 'ENAMETOOLONG';
    const isLast = pending.every((each) => each === '' || each === '.');
    const isFolderAsked = isLast && pending.length > 0;
    const node = folder.get(name);
    if (node?.kind === 'link' && (!isLast || follow || isFolderAsked)) {
      if (++links > LINKS_MAX) return 'ELOOP';
      if (node.target.startsWith('/')) {
        trail.length = 0;
        folder = root;
      }
      pending.push(...node.target.split('/').reverse());
      continue;
    }
    if (isLast) {
      if (node !== undefined && isFolderAsked && node.kind !== 'folder') return 'ENOTDIR';
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
