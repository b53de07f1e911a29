// A native stream that a JavaScript stream stands behind: through it net.Socket, TLS or HTTP run over any duplex.
// Moves bytes and answers only; what reads and writes is the library's JSStreamSocket. Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';
import type { Consumer } from './stream-requests.ts';
import {
  ARRAY_BUFFER_OFFSET,
  BYTES_WRITTEN,
  LAST_WRITE_WAS_ASYNC,
  READ_BYTES_OR_ERROR,
  streamStateOf,
} from './stream-state.ts';
import type { WriteRequest } from './write-queue.ts';
import { WriterHandle } from './writer-handle.ts';

abstract class JsStreamHandle extends WriterHandle {
  reading = false;
  bytesRead = 0;
  bytesWritten = 0;
  readonly isStreamBase = true;
  consumer: Consumer | null = null;
  declare onread: ((bytes: ArrayBuffer | undefined) => unknown) | undefined;
  // Set on the instance by JSStreamSocket.
  declare onreadstart: () => number;
  declare onreadstop: () => number;
  declare onshutdown: (request: WriteRequest) => number;
  declare onwrite: (request: WriteRequest, buffers: readonly Uint8Array[]) => number;

  protected send(request: WriteRequest, bytes: Uint8Array): number {
    const { Buffer } = this.realm.requireBuiltin('buffer') as {
      Buffer: { from(bytes: ArrayBufferLike, start: number, length: number): Uint8Array };
    };
    const state = streamStateOf(this.realm);
    state[BYTES_WRITTEN] = bytes.length;
    this.bytesWritten += bytes.length;
    const status = this.onwrite(request, [Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)]);
    state[LAST_WRITE_WAS_ASYNC] = 1;
    return status;
  }

  readStart(): number {
    return this.onreadstart();
  }

  readStop(): number {
    return this.onreadstop();
  }

  shutdown(request: WriteRequest): number {
    return this.onshutdown(request);
  }

  readBuffer(chunk: Uint8Array): void {
    this.bytesRead += chunk.length;
    if (this.consumer !== null) this.consumer.consumeBytes(chunk);
    else this.#tell(chunk.length, chunk.slice().buffer as ArrayBuffer);
  }

  emitEOF(): void {
    this.#tell(this.realm.errno('EOF'), undefined);
  }

  finishWrite(request: WriteRequest, status: number): void {
    this.realm.makeCallback(request, request.oncomplete, status);
  }

  finishShutdown(request: WriteRequest, status: number): void {
    this.realm.makeCallback(request, request.oncomplete, status);
  }

  #tell(bytesOrError: number, bytes: ArrayBuffer | undefined): void {
    const state = streamStateOf(this.realm);
    state[READ_BYTES_OR_ERROR] = bytesOrError;
    state[ARRAY_BUFFER_OFFSET] = 0;
    this.realm.makeCallback(this, this.onread, bytes);
  }
}

export const jsStream = (realm: Realm): Binding => ({
  JSStream: class JSStream extends JsStreamHandle {
    constructor() {
      super(realm, 'JSSTREAM');
    }
  },
});
