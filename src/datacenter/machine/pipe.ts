// Pipes between processes of one machine: two ends, each read and written, with room for 64 KiB each way.
// What one end writes the other reads at the same moment; handles go along with the bytes that carry them.
// Pull and wake, as sockets are. Called by node/bindings/pipe-handle.ts and node/bindings/process-wrap.ts.
import type { ErrorCode } from '../base/error-code.ts';

/** As Linux gives a pipe. */
const ROOM_BYTES = 65_536;

/** A piece of what was written; `carried` is what went along with its first byte. */
interface Piece {
  bytes: Uint8Array;
  carried: unknown;
}

export class PipeEnd {
  /** Called when there is something to read, the end was reached, or there is room to write again. */
  wake: () => void = () => undefined;
  /** Taken up by a handle of a process that reads and writes it. */
  isOpen = true;
  /** Processes that have it among their files; it closes with the last. */
  holders = 1;
  /** Nothing more can come. */
  ended = false;
  error: ErrorCode | null = null;
  /** Reads what this end writes. */
  peer: PipeEnd | null = null;
  readonly #pieces: Piece[] = [];
  #bytes = 0;
  #hasShutDown = false;

  get readableBytes(): number {
    return this.#bytes;
  }

  get writable(): boolean {
    return this.isOpen && !this.#hasShutDown && this.peer?.isOpen === true;
  }

  get #room(): number {
    return Math.max(0, ROOM_BYTES - this.#bytes);
  }

  /** Number of bytes taken; `carried` goes with the first of them. With `whole` there is always room. */
  write(bytes: Uint8Array, carried: unknown = null, whole = false): number {
    const { peer } = this;
    if (peer === null || !this.writable) {
      this.error = 'EPIPE';
      return 0;
    }
    const taken = whole || carried !== null ? bytes.length : Math.min(bytes.length, peer.#room);
    if (taken === 0) return 0;
    peer.#pieces.push({ bytes: bytes.slice(0, taken), carried });
    peer.#bytes += taken;
    peer.wake();
    return taken;
  }

  /** What is there, at most `most` bytes; null for nothing. A piece that carries something begins a read. */
  read(most: number): { bytes: Uint8Array; carried: unknown } | null {
    const first = this.#pieces[0];
    if (first === undefined) return null;
    const { carried } = first;
    first.carried = null;
    const parts: Uint8Array[] = [];
    let room = most;
    for (let piece = this.#pieces[0]; piece !== undefined && piece.carried === null && room > 0; ) {
      const part = piece.bytes.subarray(0, room);
      parts.push(part);
      room -= part.length;
      piece.bytes = piece.bytes.subarray(part.length);
      if (piece.bytes.length > 0) break;
      this.#pieces.shift();
      piece = this.#pieces[0];
    }
    const bytes = joined(parts);
    this.#bytes -= bytes.length;
    this.peer?.wake();
    return { bytes, carried };
  }

  /** No more will be written: the other end comes to its end after what is there. */
  shutdown(): void {
    if (this.#hasShutDown) return;
    this.#hasShutDown = true;
    const { peer } = this;
    if (peer === null) return;
    peer.ended = true;
    peer.wake();
  }

  close(): void {
    if (!this.isOpen || --this.holders > 0) return;
    this.shutdown();
    this.isOpen = false;
    this.#pieces.length = 0;
    this.#bytes = 0;
    this.peer?.wake();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Two ends of one pipe. */
export function pipePair(): readonly [PipeEnd, PipeEnd] {
  const one = new PipeEnd();
  const other = new PipeEnd();
  one.peer = other;
  other.peer = one;
  return [one, other];
}
