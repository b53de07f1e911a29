// Blobs: pieces of bytes held in memory, read in one go. Files as blobs and object URLs are refused.
// Called by registry.ts.
import type { Binding } from '../realm.ts';
import { bytesOfChunks } from './chunks.ts';

const END = 0;
const MORE = 1;

type Pull = (callback: (status: number, buffer?: ArrayBufferLike) => void) => void;

class BlobHandle {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  getReader(): { pull: Pull; setWakeup: () => void } {
    let isRead = false;
    return {
      pull: (callback) => {
        if (isRead || this.#bytes.length === 0) callback(END);
        else {
          isRead = true;
          callback(MORE, this.#bytes.slice().buffer);
        }
      },
      setWakeup: () => undefined,
    };
  }

  slice(start: number, end: number): BlobHandle {
    return new BlobHandle(this.#bytes.slice(start, end));
  }
}

const bytesOf = (source: unknown): Uint8Array => {
  if (source instanceof BlobHandle) return source.bytes;
  if (ArrayBuffer.isView(source))
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  return new Uint8Array(source as ArrayBuffer).slice();
};

const joined = (sources: readonly unknown[]): Uint8Array => bytesOfChunks(sources.map(bytesOf), true);

export const blob = (): Binding => ({
  createBlob: (sources: readonly unknown[]) => new BlobHandle(joined(sources)),
  concat: (buffers: readonly unknown[]) => joined(buffers).buffer,
  storeDataObject: () => {
    throw new Error(
      'expected a Blob that is read, found URL.createObjectURL(): the data center has no such URLs',
    );
  },
  getDataObject: () => undefined,
  revokeObjectURL: () => undefined,
});
