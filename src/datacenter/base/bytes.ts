// Byte strings in motion: a queue of chunks that is cut without copying where it can be. Refuses to change
// bytes: what was put in is referred to, so whoever pushes promises not to write to it again.
// Used by both directions of a TCP connection.

import { assert } from './assert.ts';

export const NO_BYTES = new Uint8Array(0);

/** `bytes` from `start` to `end` without copying; always a plain Uint8Array, also for a Node Buffer. */
export function slice(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const chunk of chunks) size += chunk.length;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Consumed chunks at the front of the list are removed only when there are this many of them. */
const CONSUMED_MAX = 32;

/** First in, first out, in bytes. */
export class ChunkQueue {
  /** Bytes waiting. */
  size = 0;
  #chunks: Uint8Array[] = [];
  /** The first chunk that still has bytes, and how many of its bytes are gone. */
  #first = 0;
  #offset = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.size += chunk.length;
  }

  /**
   * Between 1 and `max` bytes from the front, up to the end of the first chunk: never copies, and gives the
   * very chunk that was pushed where that fits. The queue must not be empty.
   */
  takeChunk(max: number): Uint8Array {
    const chunk = this.#chunks[this.#first];
    assert(chunk !== undefined && max > 0, 'bytes are taken only from a queue that has some');
    const start = this.#offset;
    const end = Math.min(chunk.length, start + max);
    this.size -= end - start;
    if (end === chunk.length) this.#dropFirst();
    else this.#offset = end;
    return start === 0 && end === chunk.length ? chunk : slice(chunk, start, end);
  }

  /** Exactly `n` bytes from the front (at most `size`); copies only where they do not lie in one buffer. */
  take(n: number): Uint8Array {
    assert(n <= this.size, 'no more is taken than there is');
    if (n === 0) return NO_BYTES;
    const first = this.#chunks[this.#first] as Uint8Array;
    if (first.length - this.#offset >= n) return this.takeChunk(n);
    const start = this.#offset;
    const neighbours = this.#lieTogether(n);
    const whole = neighbours ? slice(first, start, start + n) : new Uint8Array(n);
    for (let at = 0; at < n; ) {
      const chunk = this.#chunks[this.#first] as Uint8Array;
      const end = Math.min(chunk.length, this.#offset + n - at);
      const length = end - this.#offset;
      if (!neighbours) whole.set(length === chunk.length ? chunk : slice(chunk, this.#offset, end), at);
      at += length;
      if (end === chunk.length) this.#dropFirst();
      else this.#offset = end;
    }
    this.size -= n;
    return whole;
  }

  clear(): void {
    this.#chunks = [];
    this.#first = 0;
    this.#offset = 0;
    this.size = 0;
  }

  /** True where the first `n` bytes follow each other in one buffer, as the segments of one write do. */
  #lieTogether(n: number): boolean {
    let before = this.#chunks[this.#first] as Uint8Array;
    let found = before.length - this.#offset;
    for (let at = this.#first + 1; found < n; at++) {
      const chunk = this.#chunks[at] as Uint8Array;
      if (chunk.buffer !== before.buffer) return false;
      if (chunk.byteOffset !== before.byteOffset + before.length) return false;
      found += chunk.length;
      before = chunk;
    }
    return true;
  }

  #dropFirst(): void {
    this.#offset = 0;
    this.#first++;
    if (this.#first === this.#chunks.length) {
      this.#chunks.length = 0;
      this.#first = 0;
    } else if (this.#first >= CONSUMED_MAX) {
      this.#chunks.splice(0, this.#first);
      this.#first = 0;
    } else {
      this.#chunks[this.#first - 1] = NO_BYTES;
    }
  }
}
