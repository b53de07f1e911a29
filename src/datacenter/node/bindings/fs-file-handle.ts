// FileHandle, the native object under fs.promises.open(): a descriptor that closes itself by a promise, or when it is
// collected, and that may move to another thread. Refuses to be a stream for other native objects, which no program
// asks for. Made by fs-data.ts.
import { refuse } from '../../machine/disk-error.ts';
import type { Callable, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import type { Call } from './fs-call.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import { perThreadSymbol } from './plain.ts';

const COLLECTED =
  'Closing a FileHandle object on garbage collection is deprecated. Please close FileHandle objects explicitly using FileHandle.prototype.close(). In the future, an error will be thrown if a file descriptor is closed during garbage collection.';

export class OpenFileHandle extends AsyncWrap {
  readonly #files: OpenFiles;
  #fd: number;

  constructor(realm: Realm, files: OpenFiles, fd: number) {
    super(realm, 'FILEHANDLE');
    this.#files = files;
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  releaseFD(): number {
    const fd = this.#fd;
    this.#fd = -1;
    return fd;
  }

  /** The open file moves to another thread. */
  surrender(): OpenFile {
    if (this.#fd < 0)
      throw Object.assign(new Error('Cannot clone object of unsupported type.'), { name: 'DataCloneError' });
    return this.#files.take(this.releaseFD());
  }
}

/** Only programs that collect garbage by themselves hear of it. */
function closerOf(realm: Realm, files: OpenFiles): FinalizationRegistry<{ readonly fd: number }> | null {
  if (realm.options.collectGarbage === undefined) return null;
  const { emitWarning } = realm.processObject as Record<string, Callable>;
  let isTold = false;
  return new FinalizationRegistry(({ fd }) => {
    if (!files.has(fd)) return;
    files.close(fd);
    realm.immediates.push(() => {
      emitWarning?.call(realm.processObject, `Closing file descriptor ${fd} on garbage collection`);
      if (!isTold) emitWarning?.call(realm.processObject, COLLECTED, 'DeprecationWarning', 'DEP0137');
      isTold = true;
    });
  });
}

export function fileHandles(realm: Realm, files: OpenFiles, call: Call): new (fd: unknown) => OpenFileHandle {
  const usePromises = perThreadSymbol('fs_use_promises_symbol');
  const closer = closerOf(realm, files);
  return class FileHandle extends OpenFileHandle {
    constructor(fd: unknown) {
      super(realm, files, Number(fd));
      closer?.register(this, { fd: Number(fd) }, this);
    }

    close(): unknown {
      const fd = this.releaseFD();
      return call(usePromises, { syscall: 'close' }, () => (fd < 0 ? refuse('EBADF') : files.close(fd)));
    }

    closeSync(): void {
      const fd = this.releaseFD();
      call(undefined, { syscall: 'close' }, () => (fd < 0 ? refuse('EBADF') : files.close(fd)));
    }

    override releaseFD(): number {
      closer?.unregister(this);
      return super.releaseFD();
    }
  };
}
