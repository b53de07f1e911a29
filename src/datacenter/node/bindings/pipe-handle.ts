// One end of a pipe between processes, as Node's net and child_process read and write it. Carries handles along
// with IPC messages. Standard output takes everything at once: where a real kernel would block the writer, the
// pipe grows. Refuses Unix sockets (bind, listen, connect). Made by tcp-wrap.ts and process-wrap.ts.
import type { PipeEnd } from '../../machine/pipe.ts';
import type { Realm } from '../realm.ts';
import { carriedFrom, carriedInto } from './carried-handle.ts';
import { bytesOfChunk } from './chunks.ts';
import { StreamHandle } from './stream-handle.ts';
import {
  ARRAY_BUFFER_OFFSET,
  BYTES_WRITTEN,
  LAST_WRITE_WAS_ASYNC,
  READ_BYTES_OR_ERROR,
  streamStateOf,
} from './stream-state.ts';
import type { WriteRequest } from './write-queue.ts';

const READ_MAX = 65_536;

interface Waiting {
  readonly request: WriteRequest;
  readonly carried: unknown;
  bytes: Uint8Array;
}

/** Instance of `new Pipe(type)`. */
export class PipeHandle extends StreamHandle {
  reading = false;
  bytesRead = 0;
  bytesWritten = 0;
  writeQueueSize = 0;
  fd = -1;
  readonly isStreamBase = true;
  onread: ((arrayBuffer: ArrayBuffer | undefined) => unknown) | undefined;
  /** The handle that came with the bytes that onread is about to be given. */
  pendingHandle: unknown = null;
  readonly #state: Int32Array;
  readonly #writes: Waiting[] = [];
  #end: PipeEnd | null = null;
  #takesAll = false;
  #shutdownRequest: WriteRequest | null = null;
  #isServiceQueued = false;
  #isEndTold = false;

  constructor(realm: Realm) {
    super(realm, 'PIPEWRAP');
    this.#state = streamStateOf(realm);
  }

  adopt(end: PipeEnd): void {
    this.#end = end;
    end.wake = () => this.#woken();
    this.holdUntilClosed(() => end.close());
    this.activate();
  }

  /** Takes up what the parent put at this place among the process's files. */
  override open(fd: number): number {
    const stdio = this.realm.options.stdio?.[fd];
    if (stdio?.kind !== 'pipe') return this.realm.errno('EBADF');
    this.fd = fd;
    this.#takesAll = true;
    this.adopt(stdio.end);
    return 0;
  }

  bind = refuse;
  listen = refuse;
  connect = refuse;
  fchmod = refuse;
  setPendingInstances(): void {}
  setBlocking(): number {
    return 0;
  }

  readStart(): number {
    this.reading = true;
    if (this.#hasNews()) this.#queueService();
    return 0;
  }

  readStop(): number {
    this.reading = false;
    return 0;
  }

  shutdown(request: WriteRequest): number {
    if (this.#end === null) return this.realm.errno('ENOTCONN');
    this.#shutdownRequest = request;
    if (this.#writes.length === 0) this.#finishShutdown();
    return 0;
  }

  override writeUtf8String(request: WriteRequest, text: string, handle?: unknown): number {
    const carried = handle === undefined || handle === null ? null : carriedFrom(handle);
    return this.#write(request, bytesOfChunk(text, 'utf8'), carried);
  }

  protected override send(request: WriteRequest, bytes: Uint8Array): number {
    return this.#write(request, bytes, null);
  }

  #write(request: WriteRequest, bytes: Uint8Array, carried: unknown): number {
    const end = this.#end;
    if (end === null) return this.realm.errno('EBADF');
    if (!end.writable) return this.realm.errno('EPIPE');
    this.bytesWritten += bytes.length;
    this.#state[BYTES_WRITTEN] = bytes.length;
    this.#state[LAST_WRITE_WAS_ASYNC] = 1;
    if (this.#writes.length === 0 && this.realm.process.actsAtOnce) {
      const taken = end.write(bytes, carried, this.#takesAll);
      if (taken === bytes.length) {
        this.#state[LAST_WRITE_WAS_ASYNC] = 0;
        return 0;
      }
      this.#writes.push({ request, carried: null, bytes: bytes.subarray(taken) });
      return 0;
    }
    this.#writes.push({ request, carried, bytes });
    this.realm.process.kernel(() => this.#push());
    return 0;
  }

  /** Gives the pipe what it takes of what waits, and tells of each write that is through. */
  #push(): void {
    const end = this.#end;
    while (end !== null) {
      const write = this.#writes[0];
      if (write === undefined) break;
      const taken = end.write(write.bytes, write.carried, this.#takesAll);
      write.bytes = write.bytes.subarray(taken);
      if (write.bytes.length > 0 && end.writable) return;
      this.#writes.shift();
      const status = write.bytes.length === 0 ? 0 : this.realm.errno('EPIPE');
      this.realm.process.post(() => this.realm.makeCallback(write.request, write.request.oncomplete, status));
    }
    if (this.#shutdownRequest !== null) this.#finishShutdown();
  }

  #finishShutdown(): void {
    const request = this.#shutdownRequest;
    this.#shutdownRequest = null;
    if (request === null) return;
    this.realm.process.kernel(() => {
      this.#end?.shutdown();
      this.realm.process.post(() => this.realm.makeCallback(request, request.oncomplete, 0));
    });
  }

  #woken(): void {
    if (this.#writes.length > 0) this.#push();
    if (this.#hasNews()) this.#queueService();
  }

  #hasNews(): boolean {
    const end = this.#end;
    if (end === null || !this.reading || this.#isEndTold) return false;
    return end.readableBytes > 0 || end.ended;
  }

  #queueService(): void {
    if (this.#isServiceQueued || this.isClosing) return;
    this.#isServiceQueued = true;
    this.realm.process.post(() => {
      this.#isServiceQueued = false;
      if (!this.isClosing && this.#hasNews()) this.#serve();
      if (!this.isClosing && this.#hasNews()) this.#queueService();
    });
  }

  #serve(): void {
    const got = this.#end?.read(READ_MAX) ?? null;
    if (got === null) {
      this.#isEndTold = true;
      this.#tellRead(this.realm.errno('EOF'), null);
      return;
    }
    this.bytesRead += got.bytes.length;
    if (got.carried !== null) this.pendingHandle = carriedInto(this.realm, got.carried);
    this.#tellRead(got.bytes.length, got.bytes);
  }

  #tellRead(status: number, bytes: Uint8Array | null): void {
    this.#state[READ_BYTES_OR_ERROR] = status;
    this.#state[ARRAY_BUFFER_OFFSET] = bytes?.byteOffset ?? 0;
    this.realm.makeCallback(this, this.onread, bytes?.buffer as ArrayBuffer | undefined);
  }
}

function refuse(): never {
  throw new Error('expected a TCP address, found a path: Unix sockets are not in the data center yet');
}
