// Blobs: pieces of bytes held in memory, read in one go. Files as blobs are refused.
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

/** What object URLs name, of one process: the blob, its length and type. */
type Stored = readonly [handle: unknown, length: number, type: string];

const PREFIX = 'blob:nodedata:';

export const blob = (): Binding => {
  const stored = new Map<string, Stored>();
  return {
    createBlob: (sources: readonly unknown[]) => new BlobHandle(joined(sources)),
    concat: (buffers: readonly unknown[]) => joined(buffers).buffer,
    storeDataObject: (id: string, handle: unknown, length: number, type: string) => {
      stored.set(id, [handle, length, type]);
    },
    getDataObject: (id: string) => stored.get(id),
    revokeObjectURL: (url: string) => {
      // Another part after the number names nothing.
      if (url.startsWith(PREFIX)) stored.delete(url.slice(PREFIX.length));
    },
  };
};
