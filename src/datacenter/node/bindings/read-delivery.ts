// Hands what a stream handle has read to the program's `onread`: in an array of its own, or in the buffer that the
// program gave for it (net's `onread` option). One for each handle; called by stream-handle.ts.
import type { Realm } from '../realm.ts';
import { ARRAY_BUFFER_OFFSET, READ_BYTES_OR_ERROR, streamStateOf } from './stream-state.ts';

const READ_MAX = 65_536;

export interface Reading {
  onread: ((arrayBuffer: ArrayBuffer | undefined) => unknown) | undefined;
}

export class ReadDelivery {
  readonly #realm: Realm;
  readonly #handle: Reading;
  readonly #state: Int32Array;
  #userBuffer: Uint8Array | null = null;

  constructor(realm: Realm, handle: Reading) {
    this.#realm = realm;
    this.#handle = handle;
    this.#state = streamStateOf(realm);
  }

  /** How much to read at once. */
  get bytesMax(): number {
    return this.#userBuffer?.length || READ_MAX;
  }

  /** From now on bytes go into `buffer`, and into what onread gives in its place. */
  readInto(buffer: Uint8Array): void {
    this.#userBuffer = buffer;
  }

  bytes(bytes: Uint8Array): void {
    if (this.#userBuffer === null) {
      this.#tell(bytes.length, bytes);
      return;
    }
    this.#userBuffer.set(bytes);
    const next = this.#tell(bytes.length, null);
    if (next instanceof Uint8Array) this.#userBuffer = next;
  }

  /** The end, or an error, by its number. */
  end(status: number): void {
    this.#tell(status, null);
  }

  #tell(status: number, bytes: Uint8Array | null): unknown {
    this.#state[READ_BYTES_OR_ERROR] = status;
    this.#state[ARRAY_BUFFER_OFFSET] = bytes?.byteOffset ?? 0;
    const buffer = bytes?.buffer as ArrayBuffer | undefined;
    return this.#realm.makeCallback(this.#handle, this.#handle.onread, buffer);
  }
}
