// Streams between processes of one machine: two ends, each read and written, with room for so much each way. What
// one end writes the other reads at the same moment; handles go along with the bytes that carry them. Linux makes
// both child_process's pipes and Unix sockets of this (AF_UNIX). Called by unix-sockets.ts, node/bindings/
// pipe-handle.ts and process-wrap.ts.
import type { ErrorCode } from '../base/error-code.ts';
import type { StreamSocket } from './stream-socket.ts';

/** As Linux gives a pipe. */
const PIPE_ROOM_BYTES = 65_536;

/** A piece of what was written; `carried` is what went along with its first byte. */
interface Piece {
  bytes: Uint8Array;
  carried: unknown;
}

export class PipeEnd implements StreamSocket {
  wake: () => void = () => undefined;
  readonly connecting = false;
  /** Called once what was written beyond the room has been read. */
  drained: (() => void) | null = null;
  /** Taken up by a handle of a process that reads and writes it. */
  isOpen = true;
  /** Processes that have it among their files; it closes with the last. */
  holders = 1;
  error: ErrorCode | null = null;
  /** Reads what this end writes. */
  peer: PipeEnd | null = null;
  readonly #roomBytes: number;
  readonly #pieces: Piece[] = [];
  #bytes = 0;
  #carried: unknown = null;
  #hasShutDown = false;
  #peerHasShutDown = false;

  constructor(roomBytes = PIPE_ROOM_BYTES) {
    this.#roomBytes = roomBytes;
  }

  get readableBytes(): number {
    return this.#bytes;
  }

  get ended(): boolean {
    return this.#peerHasShutDown && this.#pieces.length === 0 && this.error === null;
  }

  get writable(): boolean {
    return this.isOpen && !this.#hasShutDown && this.error === null && this.peer?.isOpen === true;
  }

  /** What was written to it with `whole` does not fit: a real kernel would have made the writer wait. */
  get isOverfull(): boolean {
    return this.writable && (this.peer?.readableBytes ?? 0) > this.#roomBytes;
  }

  get roomBytes(): number {
    const { peer } = this;
    return peer !== null && this.writable ? peer.#room : 0;
  }

  get #room(): number {
    return Math.max(0, this.#roomBytes - this.#bytes);
  }

  /** Number of bytes taken; `carried` goes with the first of them. With `whole` there is always room. */
  write(bytes: Uint8Array, carried: unknown = null, whole = false): number {
    const { peer } = this;
    if (peer === null || !this.writable) return 0;
    const taken = whole || carried !== null ? bytes.length : Math.min(bytes.length, peer.#room);
    if (taken === 0) return 0;
    peer.#pieces.push({ bytes: bytes.slice(0, taken), carried });
    peer.#bytes += taken;
    peer.wake();
    return taken;
  }

  /** What is there, at most `most` bytes; null for nothing. A piece that carries something begins a read. */
  read(most: number): Uint8Array | null {
    const first = this.#pieces[0];
    if (first === undefined) return null;
    this.#carried = first.carried;
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
    if (this.#bytes <= this.#roomBytes) this.peer?.letOn();
    return bytes;
  }

  /** What came along with the bytes that were read last; null for nothing. */
  takeCarried(): unknown {
    const carried = this.#carried;
    this.#carried = null;
    return carried;
  }

  /** No more will be written: the other end comes to its end after what is there. */
  shutdown(): void {
    if (this.#hasShutDown) return;
    this.#hasShutDown = true;
    const { peer } = this;
    if (peer === null) return;
    peer.#peerHasShutDown = true;
    peer.wake();
  }

  /** Thrown away unread, data resets the peer (unix_release_sock in Linux's net/unix/af_unix.c). */
  close(): void {
    if (!this.isOpen || --this.holders > 0) return;
    const { peer } = this;
    this.isOpen = false;
    if (this.#bytes > 0 && peer?.isOpen === true) peer.error ??= 'ECONNRESET';
    this.shutdown();
    this.#pieces.length = 0;
    this.#bytes = 0;
    peer?.wake();
    peer?.letOn();
  }

  /** Tells who waits for room that there is. */
  letOn(): void {
    const { drained } = this;
    this.drained = null;
    drained?.();
  }

  abort(): void {
    this.close();
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
export function pipePair(roomBytes = PIPE_ROOM_BYTES): readonly [PipeEnd, PipeEnd] {
  const one = new PipeEnd(roomBytes);
  const other = new PipeEnd(roomBytes);
  one.peer = other;
  other.peer = one;
  return [one, other];
}
