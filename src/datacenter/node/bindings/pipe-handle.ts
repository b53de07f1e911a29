// One pipe handle: a Unix socket, or an end of a pipe between processes, which carries handles along with IPC
// messages. Made by tcp-wrap.ts and process-wrap.ts.
import type { PipeEnd } from '../../machine/pipe.ts';
import type { UnixListener, UnixName } from '../../machine/unix-sockets.ts';
import type { Realm } from '../realm.ts';
import { utf8Bytes } from '../text.ts';
import { bytesOfChunk } from './chunks.ts';
import { descriptorOf } from './descriptors.ts';
import { StreamHandle } from './stream-handle.ts';
import type { ConnectRequest } from './stream-requests.ts';
import type { WriteRequest } from './write-queue.ts';

/** `sun_path` in Linux's sockaddr_un. */
const PATH_BYTES_MAX = 108;
/** UV_READABLE and UV_WRITABLE. */
const MODE_READABLE = 1;
const MODE_WRITABLE = 2;

/** Instance of `new Pipe(type)`. */
export class PipeHandle extends StreamHandle<PipeEnd, UnixListener> {
  /** The handle that came with the bytes that onread is about to be given. */
  pendingHandle: unknown = null;
  readonly socketType = 'PIPE';
  #stdioFd = -1;
  #path: string | null = null;
  #name: UnixName | null = null;

  constructor(realm: Realm) {
    super(realm, 'PIPEWRAP');
  }

  get fd(): number {
    const isOpen = this.#name !== null || this.listener !== null || this.socket !== null;
    if (this.#stdioFd >= 0 || !isOpen || this.isClosing) return this.#stdioFd;
    return descriptorOf(this.realm, this, (release) => this.holdUntilClosed(release));
  }

  get isPolled(): boolean {
    return this.listener !== null || this.reading;
  }

  adopt(end: PipeEnd): void {
    this.take(end);
  }

  /** Takes up what the parent put at this place among the process's files. */
  override open(fd: number): number {
    if (fd === this.fd) return 0;
    const stdio = this.realm.options.stdio?.[fd];
    if (stdio?.kind !== 'pipe') return this.realm.errno('EBADF');
    this.#stdioFd = fd;
    // Shared with another process: this handle lets go of it, and so does the process in the end.
    if (stdio.end.holders > 1) stdio.end.holders++;
    this.take(stdio.end);
    return 0;
  }

  bind(path: string): number {
    const { unix } = this.realm.machine;
    if (this.#name !== null || isTooLong(path)) return this.realm.errno('EINVAL');
    const bound = unix.bind(this.#absolute(path), 0o777 & ~this.realm.umask);
    if (typeof bound === 'object' && 'error' in bound) {
      // libuv says EACCES for a folder that is not there, as Windows does.
      return this.realm.errno(bound.error === 'ENOENT' ? 'EACCES' : bound.error);
    }
    this.#path = this.#absolute(path);
    this.#name = bound;
    this.holdUntilClosed(() => unix.unbind(bound));
    return 0;
  }

  listen(backlog: number): number {
    if (this.#name === null) return this.realm.errno('EINVAL');
    return this.listenOn(this.realm.machine.unix.listen(this.#name, backlog));
  }

  connect(request: ConnectRequest, path: string): number {
    if (isTooLong(path)) return this.realm.errno('EINVAL');
    return this.connectBy(request, () => this.realm.machine.unix.connect(this.#absolute(path)));
  }

  /** Lets everybody read, write, or both. */
  fchmod(mode: number): number {
    const name = this.#name;
    if (name === null) return this.realm.errno('EBADF');
    if (typeof name === 'string') return this.realm.errno('EINVAL');
    const permissions = (mode & MODE_READABLE ? 0o444 : 0) | (mode & MODE_WRITABLE ? 0o222 : 0);
    this.realm.machine.disk.setAttributes(name, { permissions });
    return 0;
  }

  setPendingInstances(): void {}

  setBlocking(): number {
    return 0;
  }

  /** libuv takes the socket's file away before it closes the socket. */
  override close(callback?: () => void): void {
    const path = this.#path;
    const name = this.#name;
    if (path !== null && name !== null && !this.isClosing)
      this.realm.process.kernel(() => this.realm.machine.unix.unlink(path, name));
    super.close(callback);
  }

  override writeUtf8String(request: WriteRequest, text: string, handle?: unknown): number {
    const carried = handle === undefined || handle === null ? null : this.realm.rare.carriedFrom(handle);
    return this.sendCarrying(request, bytesOfChunk(text, 'utf8'), carried);
  }

  protected override handleFor(): PipeHandle {
    return new (this.constructor as new (type: number) => PipeHandle)(0);
  }

  protected override give(end: PipeEnd, bytes: Uint8Array, carried: unknown): number {
    return end.write(bytes, carried);
  }

  protected override gotBytes(from: PipeEnd): void {
    const carried = from.takeCarried();
    if (carried !== null) this.pendingHandle = this.realm.rare.carriedInto(this.realm, carried);
  }

  #absolute(path: string): string {
    return path.startsWith('/') || path.startsWith('\0') ? path : `${this.realm.workingDirectory}/${path}`;
  }
}

function isTooLong(path: string): boolean {
  return path === '' || utf8Bytes(path).length > PATH_BYTES_MAX;
}
