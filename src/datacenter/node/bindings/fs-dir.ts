// internalBinding('fs_dir'): opens folders and reads their names a few at a time, for fs.opendir(). The names are
// those of the moment of opening, as a folder that fits one block gives them. Called by registry.ts.
import { refuse } from '../../machine/disk-error.ts';
import { mayAccess } from '../../machine/disk-walk.ts';
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { fileSystemOf } from './fs.ts';
import { direntOf } from './fs-look.ts';
import { inEncoding, type Path } from './fs-names.ts';

export const fsDir = (realm: Realm): Binding => {
  const { files, call } = fileSystemOf(realm);
  const { disk } = files;

  class DirHandle extends AsyncWrap {
    #left: readonly (readonly [name: string, kind: number])[];
    #isClosed = false;

    constructor(entries: readonly (readonly [string, number])[]) {
      super(realm, 'DIRHANDLE');
      this.#left = entries;
    }

    read(encoding: unknown, count: number, req: unknown): unknown {
      return call(req, { syscall: 'scandir' }, () => {
        const some = this.#left.slice(0, count);
        this.#left = this.#left.slice(count);
        if (some.length === 0) return null;
        return some.flatMap(([name, kind]) => [inEncoding(realm, name, encoding), kind]);
      });
    }

    close(req: unknown): unknown {
      return call(req, { syscall: 'closedir' }, () => {
        if (this.#isClosed) refuse('EBADF');
        this.#isClosed = true;
      });
    }
  }

  // Node's error tells the path only where the call was not waited for.
  const opendir = (path: Path, _encoding: unknown, req: unknown): unknown =>
    call(req, req === undefined ? { syscall: 'opendir' } : { syscall: 'opendir', path }, () => {
      const node = disk.get(files.absolute(path));
      if (node.kind !== 'folder') refuse('ENOTDIR');
      if (!mayAccess(node, 4)) refuse('EACCES');
      return new DirHandle(node.names().map((name) => [name, direntOf(node.get(name))] as const));
    });
  return { DirHandle, opendir, opendirSync: (path: Path) => opendir(path, 'utf8', undefined) };
};
