// Base of handles that are written to: turns the library's ways of writing (buffers, lists, texts in several
// encodings) into one. Extended by stream-handle.ts.
import { bytesOfChunk, bytesOfChunks } from './chunks.ts';
import { HandleWrap } from './handle-wrap.ts';
import type { WriteRequest } from './write-queue.ts';

export abstract class WriterHandle extends HandleWrap {
  /** Takes bytes that nobody else holds. Zero, or the number of an error. */
  protected abstract send(request: WriteRequest, bytes: Uint8Array): number;

  /** Files of the process's own numbers are for pipes only. */
  open(_fd: number): number {
    return this.realm.errno('ENOTSUP');
  }

  writeBuffer(request: WriteRequest, bytes: Uint8Array): number {
    return this.send(request, bytes.slice());
  }

  writev(request: WriteRequest, chunks: readonly unknown[], allBuffers: boolean): number {
    return this.send(request, bytesOfChunks(chunks, allBuffers));
  }

  writeUtf8String(request: WriteRequest, text: string): number {
    return this.send(request, bytesOfChunk(text, 'utf8'));
  }

  writeLatin1String(request: WriteRequest, text: string): number {
    return this.send(request, bytesOfChunk(text, 'latin1'));
  }

  writeAsciiString(request: WriteRequest, text: string): number {
    return this.send(request, bytesOfChunk(text, 'latin1'));
  }

  writeUcs2String(request: WriteRequest, text: string): number {
    return this.send(request, bytesOfChunk(text, 'ucs2'));
  }
}
