// The receiving side of a connection: what came in order and waits for the reader, what came too early, and
// the window that follows from it. Counts in offsets from the peer's initial sequence number (SYN is 0).
// Sends nothing: it says what was received, the connection decides what to acknowledge.

import { ChunkQueue, slice } from '../base/bytes.ts';
import { MSS, RECEIVE_BUFFER_BYTES } from './tcp-constants.ts';

interface Piece {
  readonly offset: number;
  readonly payload: Uint8Array;
}

export class ReceiveSide {
  /** RCV.NXT. */
  next = 0;
  /** The peer's FIN was reached: nothing comes after it. */
  finished = false;
  readonly #ready = new ChunkQueue();
  /** What came before its turn, by offset; may overlap, but no two begin at the same. */
  readonly #early: Piece[] = [];
  /** The right edge of the window as the peer was last told. Never moves left (RFC 9293, 3.8.6). */
  #edge = RECEIVE_BUFFER_BYTES + 1;
  #finOffset = -1;

  get readable(): number {
    return this.#ready.size;
  }

  get hasGap(): boolean {
    return this.#early.length > 0;
  }

  /** The peer's SYN came. */
  open(): void {
    this.next = 1;
  }

  /**
   * The window to put into a segment that is sent now. Grows only by steps worth sending (silly window
   * avoidance, RFC 9293, 3.8.6.2.2).
   */
  offer(): number {
    const free = RECEIVE_BUFFER_BYTES - this.#ready.size;
    if (this.next + free - this.#edge >= MSS) this.#edge = this.next + free;
    // Before the peer's SYN came, the edge lies one beyond what the 16 bits of a window can say.
    return Math.min(RECEIVE_BUFFER_BYTES, Math.max(0, this.#edge - this.next));
  }

  /** True where reading has opened the window so far that the peer should hear of it by itself. */
  get windowNewsDue(): boolean {
    const offered = this.#edge - this.next;
    const free = RECEIVE_BUFFER_BYTES - this.#ready.size;
    return 2 * offered <= RECEIVE_BUFFER_BYTES && free >= 2 * offered && free - offered >= MSS;
  }

  /** Whether a segment from `offset` to `end` touches the window at all (as Linux's tcp_sequence). */
  touches(offset: number, end: number): boolean {
    return end >= this.next && offset <= this.#edge;
  }

  /** Takes a segment's data and FIN. True where `next` moved. */
  take(offset: number, payload: Uint8Array, fin: boolean): boolean {
    const before = this.next;
    const end = offset + payload.length;
    if (fin && end <= this.#edge) this.#finOffset = end;
    if (payload.length > 0) this.#insert(offset, payload);
    if (this.next === this.#finOffset && !this.finished) {
      this.finished = true;
      this.next++;
    }
    return this.next !== before;
  }

  /** Up to `max` bytes in order, null where there are none. */
  read(max: number): Uint8Array | null {
    const size = Math.min(max, this.#ready.size);
    return size === 0 ? null : this.#ready.take(size);
  }

  dispose(): void {
    this.#early.length = 0;
  }

  #insert(offset: number, payload: Uint8Array): void {
    const end = Math.min(offset + payload.length, this.#edge);
    if (end <= this.next) return;
    if (offset > this.next) {
      this.#keepEarly(offset, end - offset === payload.length ? payload : slice(payload, 0, end - offset));
      return;
    }
    this.#append(offset, end, payload);
    for (
      let first = this.#early[0];
      first !== undefined && first.offset <= this.next;
      first = this.#early[0]
    ) {
      this.#early.shift();
      this.#append(first.offset, first.offset + first.payload.length, first.payload);
    }
  }

  /** Appends the part of [offset, end) that is new; `offset` is not above `next`. */
  #append(offset: number, end: number, payload: Uint8Array): void {
    if (end <= this.next) return;
    const start = this.next - offset;
    this.next = end;
    this.#ready.push(
      start === 0 && end - offset === payload.length ? payload : slice(payload, start, end - offset),
    );
  }

  #keepEarly(offset: number, payload: Uint8Array): void {
    let at = this.#early.length;
    while (at > 0 && (this.#early[at - 1] as Piece).offset >= offset) at--;
    const same = this.#early[at];
    if (same?.offset !== offset) this.#early.splice(at, 0, { offset, payload });
    else if (same.payload.length < payload.length) this.#early[at] = { offset, payload };
  }
}
