// FileHandle, the native object under fs.promises.open(): a descriptor that closes itself by a promise. Refuses to
// be a stream for other native objects, which no program asks for. Made by fs-data.ts.
import { refuse } from '../../machine/disk-error.ts';
import type { Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import type { Call } from './fs-call.ts';
import type { OpenFiles } from './open-files.ts';
import { perThreadSymbol } from './plain.ts';

export function fileHandles(realm: Realm, files: OpenFiles, call: Call): new (fd: unknown) => AsyncWrap {
  const usePromises = perThreadSymbol('fs_use_promises_symbol');
  return class FileHandle extends AsyncWrap {
    #fd: number;

    constructor(fd: unknown) {
      super(realm, 'FILEHANDLE');
      this.#fd = Number(fd);
    }

    get fd(): number {
      return this.#fd;
    }

    close(): unknown {
      const fd = this.releaseFD();
      return call(usePromises, { syscall: 'close' }, () => (fd < 0 ? refuse('EBADF') : files.close(fd)));
    }

    closeSync(): void {
      const fd = this.releaseFD();
      call(undefined, { syscall: 'close' }, () => (fd < 0 ? refuse('EBADF') : files.close(fd)));
    }

    releaseFD(): number {
      const fd = this.#fd;
      this.#fd = -1;
      return fd;
    }
  };
}
