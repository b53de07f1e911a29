// Calls that open, read, write, sync and close. Refuses splice and other calls that Node does not make.
// Part of internalBinding('fs'), put together by fs.ts.
import { refuse } from '../../machine/disk-error.ts';
import type { Binding, Realm } from '../realm.ts';
import { utf8Bytes, utf8Text } from '../text.ts';
import { type Call, validFd, validMode } from './fs-call.ts';
import { fileHandles } from './fs-file-handle.ts';
import type { Path } from './fs-names.ts';
import type { OpenFiles } from './open-files.ts';

type Position = number | bigint | null | undefined;

/** Bytes of any view, DataViews too. */
function bytesOf(view: ArrayBufferView, offset = 0, length = view.byteLength - offset): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + offset, length);
}

/** Below 0: from the file's own position on. */
function positionOf(position: Position): number {
  return position === null || position === undefined ? -1 : Number(position);
}

export function dataCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  return {
    ...openingCalls(realm, files, call),
    ...readingCalls(files, call),
    ...writingCalls(realm, files, call),
    ...wholeFileCalls(realm, files, call),
  };
}

function openingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const Handle = fileHandles(realm, files, call);
  const sync = (syscall: string) => (fd: number, req: unknown) => {
    validFd(realm, fd);
    const { disk } = files;
    const costNs = (): number =>
      files.has(fd) ? disk.faults.syncNs(pagesOf(files, fd)) : disk.faults.callNs();
    return call(req, { syscall, costNs }, () => {
      if (fd >= 0 && fd <= 2) refuse('EINVAL');
      disk.sync(files.get(fd).node);
    });
  };
  return {
    FileHandle: Handle,
    open: (path: Path, flags: number, mode: number, req: unknown) =>
      call(req, { syscall: 'open', path }, () => files.open(files.absolute(path), flags, mode)),
    openFileHandle: (path: Path, flags: number, mode: number, req: unknown) =>
      call(req, { syscall: 'open', path }, () => new Handle(files.open(files.absolute(path), flags, mode))),
    close: (fd: number, req: unknown) => {
      validFd(realm, fd);
      return call(req, { syscall: 'close' }, () => files.close(fd));
    },
    fsync: sync('fsync'),
    fdatasync: sync('fdatasync'),
  };
}

function pagesOf(files: OpenFiles, fd: number): number {
  const { node } = files.get(fd);
  return node.kind === 'file' ? node.pages.dirtyPages : 1;
}

function readingCalls(files: OpenFiles, call: Call): Binding {
  return {
    read: (
      fd: number,
      into: ArrayBufferView,
      offset: number,
      length: number,
      position: Position,
      req: unknown,
    ) =>
      call(req, { syscall: 'read' }, () =>
        files.read(fd, bytesOf(into, offset, length), positionOf(position)),
      ),
    readBuffers: (fd: number, buffers: readonly ArrayBufferView[], position: Position, req: unknown) =>
      call(req, { syscall: 'read' }, () => {
        let at = positionOf(position);
        let total = 0;
        for (const buffer of buffers) {
          const count = files.read(fd, bytesOf(buffer), at);
          if (at >= 0) at += count;
          total += count;
          if (count < buffer.byteLength) break;
        }
        return total;
      }),
  };
}

function writingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  /** Node hears of some failed writes through an object that it passes instead of by an exception. */
  const writing = (fd: number, context: unknown, req: unknown, run: () => number): unknown => {
    const about = { syscall: 'write', ...(fd === 1 || fd === 2 ? { costNs: () => 0 } : {}) };
    if (req !== undefined || typeof context !== 'object' || context === null) return call(req, about, run);
    try {
      return call(undefined, about, run);
    } catch (error) {
      const { errno, code, syscall } = error as { errno?: number; code?: string; syscall?: string };
      if (errno === undefined) throw error;
      Object.assign(context, { errno, code, syscall });
      return undefined;
    }
  };
  return {
    writeBuffer: (
      fd: number,
      from: ArrayBufferView,
      offset: number,
      length: number,
      position: Position,
      req: unknown,
      context: unknown,
    ) =>
      writing(fd, context, req, () => files.write(fd, bytesOf(from, offset, length), positionOf(position))),
    writeString: (
      fd: number,
      text: string,
      position: Position,
      encoding: unknown,
      req: unknown,
      context: unknown,
    ) => {
      const bytes = encoded(realm, text, encoding);
      return writing(fd, context, req, () => files.write(fd, bytes, positionOf(position)));
    },
    writeBuffers: (fd: number, buffers: readonly ArrayBufferView[], position: Position, req: unknown) =>
      writing(fd, undefined, req, () => {
        let at = positionOf(position);
        let total = 0;
        for (const buffer of buffers) {
          const count = files.write(fd, bytesOf(buffer), at);
          if (at >= 0) at += count;
          total += count;
        }
        return total;
      }),
  };
}

function encoded(realm: Realm, text: string, encoding: unknown): Uint8Array {
  if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8')
    return utf8Bytes(text);
  const { Buffer } = realm.requireBuiltin('buffer') as {
    Buffer: { from(text: string, encoding: unknown): Uint8Array };
  };
  return Buffer.from(text, encoding);
}

function wholeFileCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const opened = <T>(path: Path | number, flags: number, mode: number, use: (fd: number) => T): T => {
    if (typeof path === 'number') return use(path);
    const fd = call(undefined, { syscall: 'open', path }, () =>
      files.open(files.absolute(path), flags, mode),
    );
    try {
      return use(fd as number);
    } finally {
      files.close(fd as number);
    }
  };
  return {
    readFileUtf8: (path: Path | number, flags: number) =>
      opened(path, flags, 0o666, (fd) =>
        call(undefined, { syscall: 'read' }, () => utf8Text(restOf(files, fd))),
      ),
    writeFileUtf8: (path: Path | number, text: string, flags: number, mode: number) =>
      opened(path, flags, mode, (fd) => {
        const bytes = utf8Bytes(text);
        const about = { syscall: 'write', ...(fd === 1 || fd === 2 ? { costNs: () => 0 } : {}) };
        call(undefined, about, () => void files.write(fd, bytes, -1));
      }),
    ftruncate: (fd: number, length: number, req: unknown) => {
      validFd(realm, fd);
      return call(req, { syscall: 'ftruncate' }, () =>
        files.disk.truncate(files.writable(fd, 'EINVAL').node, length),
      );
    },
    copyFile: (path: Path, dest: Path, mode: unknown, req: unknown) => {
      const bits = validMode(mode);
      return call(req, { syscall: 'copyfile', path, dest }, () => copyFile(files, path, dest, bits));
    },
  };
}

/** What is left of an open file. */
function restOf(files: OpenFiles, fd: number): Uint8Array {
  if (fd === 0) return new Uint8Array(0);
  const { node, position } = files.get(fd);
  if (node.kind !== 'file') return refuse('EISDIR');
  const bytes = new Uint8Array(Math.max(0, node.pages.size - position));
  files.read(fd, bytes, -1);
  return bytes;
}

const COPY_EXCLUSIVE = 1;
const COPY_FORCE_CLONE = 4;

/** As libuv does it: whatever fails after the destination was opened takes the destination away. */
export function copyFile(files: OpenFiles, from: Path, to: Path, mode: number): void {
  const { disk } = files;
  const source = files.open(files.absolute(from), 0, 0);
  try {
    const { node } = files.get(source);
    const exclusive = (mode & COPY_EXCLUSIVE) !== 0 ? 0o200 : 0;
    const dest = files.open(files.absolute(to), 1 | 0o100 | exclusive, node.permissions);
    try {
      const target = files.writable(dest).node;
      if (target === node) return;
      disk.truncate(target, 0);
      disk.setAttributes(target, { permissions: node.permissions });
      if ((mode & COPY_FORCE_CLONE) !== 0) refuse('ENOTSUP');
      disk.write(target, restOf(files, source), 0);
    } catch (error) {
      disk.unlink(files.absolute(to));
      throw error;
    } finally {
      files.close(dest);
    }
  } finally {
    files.close(source);
  }
}
