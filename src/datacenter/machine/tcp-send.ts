// The sending side of a connection: the send buffer, segments under way, the peer's window, retransmission.
// Counts in offsets from the initial sequence number (SYN is 0, data begins at 1), so that nothing here wraps
// around. Knows no states; the connection puts segments on the wire. No SACK, no pacing, no urgent data.

import { ChunkQueue, NO_BYTES, slice } from '../base/bytes.ts';
import { ACK, FIN, PSH } from '../base/tcp-flags.ts';
import type { Scheduler } from '../base/timeline.ts';
import { Congestion } from './tcp-congestion.ts';
import { DATA_RETRIES, DUPLICATE_ACKS, MSS, SEND_BUFFER_BYTES } from './tcp-constants.ts';
import { RoundTrip } from './tcp-round-trip.ts';
import { SendWindow } from './tcp-send-window.ts';
import { TcpTimer } from './tcp-timer.ts';

/** What the sending side needs of its connection. */
export interface SendWire {
  /** Puts a segment on the wire, with the acknowledgment and window of the moment. */
  transmit(flags: number, offset: number, payload: Uint8Array): void;
  /** How often a segment is sent again before the connection is given up. */
  retryLimit(): number;
  /** The peer was silent for too long. */
  giveUp(): void;
  /** The owner was refused room in the buffer and has some again. */
  roomMade(): void;
}

interface Segment {
  readonly offset: number;
  readonly end: number;
  flags: number;
  readonly payload: Uint8Array;
  readonly sentNs: number;
  repeated: boolean;
}

export class SendSide {
  /** SND.UNA and SND.NXT: the first offset not acknowledged, and the first never sent. */
  unacknowledged = 0;
  next = 0;
  noDelay = false;
  readonly #wire: SendWire;
  readonly #scheduler: Scheduler;
  readonly #timer: TcpTimer;
  readonly #roundTrip = new RoundTrip();
  readonly #congestion = new Congestion();
  readonly #unsent = new ChunkQueue();
  readonly #flight: Segment[] = [];
  #ownerWaits = false;
  readonly #window = new SendWindow();
  /** Where the last segment ended that was shorter than MSS (for Nagle). */
  #shortEnd = 0;
  #finWanted = false;
  #finOffset = -1;
  #retries = 0;
  #probes = 0;
  #duplicates = 0;
  /** What was sent below this offset counts as under repair; 0 where nothing is. */
  #recoverTo = 0;
  /** After a timeout: everything from here to `#recoverTo` is to be sent again; -1 in fast recovery. */
  #resendFrom = -1;

  constructor(scheduler: Scheduler, wire: SendWire) {
    this.#scheduler = scheduler;
    this.#wire = wire;
    this.#timer = new TcpTimer(scheduler, () => this.#timedOut());
  }

  /** Sends SYN or SYN-ACK. */
  open(flags: number): void {
    this.#send(flags, 0, 1, NO_BYTES);
  }

  /** Simultaneous open: the SYN under way becomes a SYN-ACK (RFC 9293, 3.5). */
  reopen(flags: number): void {
    const syn = this.#flight[0];
    if (syn === undefined) return;
    syn.flags = flags;
    this.#repeat(syn);
  }

  get buffered(): number {
    return this.#unsent.size + this.next - this.unacknowledged;
  }

  /** FIN was sent, or will be after what is buffered. */
  get finishing(): boolean {
    return this.#finWanted;
  }

  get finAcknowledged(): boolean {
    return this.#finOffset !== -1 && this.unacknowledged > this.#finOffset;
  }

  /** FIN was sent, and the peer has all that went before it. */
  get dataAcknowledged(): boolean {
    return this.#finOffset !== -1 && this.unacknowledged >= this.#finOffset;
  }

  get roomBytes(): number {
    return Math.max(0, SEND_BUFFER_BYTES - this.buffered);
  }

  /** Bytes accepted, from the front of `bytes`. */
  write(bytes: Uint8Array, more: boolean): number {
    const accepted = Math.min(this.roomBytes, bytes.length);
    if (accepted < bytes.length) this.#ownerWaits = true;
    this.#unsent.push(accepted === bytes.length ? bytes : slice(bytes, 0, accepted));
    if (!more) this.flush();
    return accepted;
  }

  /** FIN after all that was written. */
  finish(): void {
    this.#finWanted = true;
    this.flush();
  }

  /** Sends what windows and Nagle allow (RFC 9293, 3.8.6.2.1). */
  flush(): void {
    if (this.unacknowledged === 0) return; // the handshake is not done
    while (this.#unsent.size > 0) {
      const usable = this.#usable();
      let size = Math.min(MSS, this.#unsent.size);
      if (size > usable) {
        if (usable <= 0 || 2 * usable < this.#window.sizeMax) break;
        size = usable;
      }
      if (size < MSS && this.#holdsShort()) break;
      this.#sendData(size);
    }
    if (this.#finWanted && this.#finOffset === -1 && this.#unsent.size === 0) this.#sendData(0);
    if (this.#flight.length === 0 && this.#unsent.size > 0 && !this.#timer.isSet) {
      this.#timer.set(this.#scheduler.nowNs + this.#roundTrip.timeoutNs);
    }
  }

  /**
   * The peer acknowledged everything below `offset` (not above `next`) and offers `window`; both were in a
   * segment at the peer's offset `sequence`. `bare`: it carried neither data nor FIN. RFC 9293, 3.10.7.4.
   */
  acknowledge(offset: number, window: number, sequence: number, bare: boolean): void {
    if (offset < this.unacknowledged) return;
    this.#probes = 0;
    const windowMoved = this.#window.update(window, sequence, offset);
    if (offset > this.unacknowledged) this.#advance(offset);
    else if (bare && !windowMoved && this.#flight.length > 0) this.#duplicate();
    this.flush();
  }

  /** Sends the oldest segment again (the peer seems not to have it). */
  repeatFirst(): void {
    const first = this.#flight[0];
    if (first !== undefined) this.#repeat(first);
  }

  /** Forgets all; nothing is sent any more. */
  dispose(): void {
    this.#timer.dispose();
    this.#unsent.clear();
    this.#flight.length = 0;
  }

  #usable(): number {
    return this.unacknowledged + Math.min(this.#window.size, this.#congestion.window) - this.next;
  }

  /** Nagle as Linux has it (Minshall): a short segment waits while another short one is under way. */
  #holdsShort(): boolean {
    return !this.noDelay && !this.#finWanted && this.#shortEnd > this.unacknowledged;
  }

  #sendData(size: number): void {
    const payload = this.#unsent.take(size);
    const last = this.#unsent.size === 0;
    const fin = last && this.#finWanted;
    if (fin) this.#finOffset = this.next + size;
    if (size < MSS) this.#shortEnd = this.next + size;
    const flags = ACK | (last && size > 0 ? PSH : 0) | (fin ? FIN : 0);
    this.#send(flags, this.next, this.next + size + (fin ? 1 : 0), payload);
  }

  #send(flags: number, offset: number, end: number, payload: Uint8Array): void {
    const nowNs = this.#scheduler.nowNs;
    if (this.#flight.length === 0) this.#timer.set(nowNs + this.#roundTrip.timeoutNs);
    this.#flight.push({ offset, end, flags, payload, sentNs: nowNs, repeated: false });
    this.next = end;
    this.#wire.transmit(flags, offset, payload);
  }

  #repeat(segment: Segment): void {
    segment.repeated = true;
    this.#wire.transmit(segment.flags, segment.offset, segment.payload);
  }

  #advance(offset: number): void {
    const bytes = offset - this.unacknowledged;
    this.unacknowledged = offset;
    this.#retries = 0;
    this.#duplicates = 0;
    this.#roundTrip.heard();
    this.#dropAcknowledged(offset);
    if (this.#recoverTo === 0) this.#congestion.grow(bytes);
    else this.#repair(bytes);
    if (this.#flight.length === 0) this.#timer.clear();
    else this.#timer.set(this.#scheduler.nowNs + this.#roundTrip.timeoutNs);
    if (this.#ownerWaits && 3 * this.buffered <= 2 * SEND_BUFFER_BYTES) {
      this.#ownerWaits = false;
      this.#wire.roomMade();
    }
  }

  #dropAcknowledged(offset: number): void {
    let sentNs = -1;
    let clean = true;
    for (let first = this.#flight[0]; first !== undefined && first.end <= offset; first = this.#flight[0]) {
      this.#flight.shift();
      sentNs = first.sentNs;
      if (first.repeated) clean = false;
    }
    if (clean && sentNs !== -1) this.#roundTrip.sample(this.#scheduler.nowNs - sentNs);
  }

  /** Something of what is under repair was acknowledged: send the next that is missing. */
  #repair(bytes: number): void {
    const fast = this.#resendFrom === -1;
    if (this.unacknowledged >= this.#recoverTo) {
      this.#recoverTo = 0;
      this.#resendFrom = -1;
      if (fast) this.#congestion.leaveRecovery();
      else this.#congestion.grow(bytes);
    } else if (fast) {
      this.#congestion.partial(bytes);
      this.repeatFirst();
    } else {
      this.#congestion.grow(bytes);
      this.#resend();
    }
  }

  /** After a timeout: goes through what was under way again, as far as the congestion window allows. */
  #resend(): void {
    for (const segment of this.#flight) {
      if (segment.end <= this.#resendFrom) continue;
      if (segment.end > this.#recoverTo) break;
      if (segment.end - this.unacknowledged > this.#congestion.window + 1) break; // + 1: a FIN is no data
      this.#resendFrom = segment.end;
      this.#repeat(segment);
    }
  }

  #duplicate(): void {
    this.#duplicates++;
    if (this.#recoverTo !== 0) {
      if (this.#resendFrom === -1) this.#congestion.duplicate();
    } else if (this.#duplicates === DUPLICATE_ACKS) {
      this.#recoverTo = this.next;
      this.#congestion.enterRecovery(this.next - this.unacknowledged);
      this.repeatFirst();
    }
  }

  #timedOut(): void {
    if (this.#flight.length === 0) {
      this.#probe();
      return;
    }
    if (this.#retries >= this.#wire.retryLimit()) {
      this.#wire.giveUp();
      return;
    }
    this.#retries++;
    this.#roundTrip.backOff();
    if (this.unacknowledged > 0) this.#congestion.timedOut(this.next - this.unacknowledged);
    this.#duplicates = 0;
    this.#recoverTo = this.next;
    this.#resendFrom = this.unacknowledged;
    this.#timer.set(this.#scheduler.nowNs + this.#roundTrip.timeoutNs);
    this.#resend();
  }

  /** The window is shut and data waits: asks for news of it, ever more rarely (RFC 9293, 3.8.6.1). */
  #probe(): void {
    if (this.#unsent.size === 0) return;
    if (this.#probes >= Math.min(DATA_RETRIES, this.#wire.retryLimit())) {
      this.#wire.giveUp();
      return;
    }
    const usable = this.#usable();
    if (usable > 0) {
      this.#sendData(Math.min(MSS, usable, this.#unsent.size));
      return;
    }
    // As Linux does: an old offset and no data, which the peer must answer with an acknowledgment.
    this.#probes++;
    this.#roundTrip.backOff();
    this.#timer.set(this.#scheduler.nowNs + this.#roundTrip.timeoutNs);
    this.#wire.transmit(ACK, this.unacknowledged - 1, NO_BYTES);
  }
}
