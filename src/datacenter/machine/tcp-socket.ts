// One end of a TCP connection (RFC 9293): its state, what its owner may do with it, and what it puts on the
// wire. What arrives is in tcp-arrival.ts, the two directions in tcp-send.ts and tcp-receive.ts. Lives in the
// kernel: goes on after the owner closed it, until the peer has all. Made by tcp-stack.ts only.

import { NO_BYTES } from '../base/bytes.ts';
import type { ErrorCode } from '../base/error-code.ts';
import { ACK, RST, SYN } from '../base/tcp-flags.ts';
import type { Scheduler } from '../base/timeline.ts';
import type { Packet } from '../network/packet.ts';
import type { TcpSocket } from './tcp.ts';
import { Acknowledging } from './tcp-acknowledge.ts';
import {
  DATA_RETRIES,
  FIN_WAIT_2_NS,
  ORPHAN_RETRIES,
  SYN_ACK_RETRIES,
  SYN_RETRIES,
  TIME_WAIT_NS,
} from './tcp-constants.ts';
import { KeepAlive } from './tcp-keep-alive.ts';
import type { ListenQueue } from './tcp-listener.ts';
import { ReceiveSide } from './tcp-receive.ts';
import { SendSide } from './tcp-send.ts';
import { TcpTimer } from './tcp-timer.ts';

/** RFC 9293, 3.3.2. LISTEN is a ListenQueue, not a connection. */
export type TcpState =
  | 'SYN_SENT'
  | 'SYN_RECEIVED'
  | 'ESTABLISHED'
  | 'FIN_WAIT_1'
  | 'FIN_WAIT_2'
  | 'CLOSE_WAIT'
  | 'CLOSING'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSED';

/** What a connection needs of the stack it belongs to. */
export interface TcpKernel {
  readonly scheduler: Scheduler;
  readonly send: (packet: Packet) => void;
  /** The connection is over: its packets are no longer its own. */
  forget(connection: TcpConnection): void;
}

export interface SocketPair {
  readonly localAddress: number;
  readonly localPort: number;
  readonly remoteAddress: number;
  readonly remotePort: number;
}

const NO_WAKE = (): void => {};

export class TcpConnection implements TcpSocket {
  wake: () => void = NO_WAKE;
  error: ErrorCode | null = null;
  state: TcpState;
  readonly localAddress: number;
  readonly localPort: number;
  readonly remoteAddress: number;
  readonly remotePort: number;

  /** Below: for the kernel's files only. */
  nextInChain: TcpConnection | null = null;
  /** Where it is to be accepted; null for a connection that this machine opened. */
  readonly listener: ListenQueue | null;
  readonly sending: SendSide;
  readonly receiving = new ReceiveSide();
  readonly initialSequence: number;
  initialRemoteSequence = 0;
  /** No process holds it any more. */
  orphan = false;
  /** Something that the owner may want to know happened since `settle`. */
  wakeDue = false;
  readonly acknowledging: Acknowledging;
  readonly keepAlive: KeepAlive;

  readonly #kernel: TcpKernel;
  /** Ends FIN_WAIT_2 (of an orphan) and TIME_WAIT. */
  readonly #farewell: TcpTimer;

  constructor(kernel: TcpKernel, pair: SocketPair, initialSequence: number, listener: ListenQueue | null) {
    this.#kernel = kernel;
    this.localAddress = pair.localAddress;
    this.localPort = pair.localPort;
    this.remoteAddress = pair.remoteAddress;
    this.remotePort = pair.remotePort;
    this.initialSequence = initialSequence;
    this.listener = listener;
    this.state = listener === null ? 'SYN_SENT' : 'SYN_RECEIVED';
    this.sending = new SendSide(kernel.scheduler, {
      transmit: (flags, offset, payload) => this.transmit(flags, offset, payload),
      retryLimit: () => this.#retryLimit(),
      giveUp: () => this.fail('ETIMEDOUT'),
      roomMade: () => {
        this.wakeDue = true;
      },
    });
    this.acknowledging = new Acknowledging(kernel.scheduler, () => this.acknowledge());
    this.keepAlive = new KeepAlive(kernel.scheduler, {
      busy: () => this.connecting || this.sending.buffered > 0,
      probe: () => this.transmit(ACK, this.sending.next - 1, NO_BYTES),
      giveUp: () => {
        this.transmit(RST | ACK, this.sending.next, NO_BYTES);
        this.fail('ETIMEDOUT');
      },
    });
    this.#farewell = new TcpTimer(kernel.scheduler, () => this.destroy(null));
  }

  // What the owner may do (see TcpSocket).

  get connecting(): boolean {
    return this.state === 'SYN_SENT' || this.state === 'SYN_RECEIVED';
  }

  get readableBytes(): number {
    return this.receiving.readable;
  }

  get ended(): boolean {
    return this.receiving.finished && this.receiving.readable === 0;
  }

  get writable(): boolean {
    const open = this.state === 'ESTABLISHED' || this.state === 'CLOSE_WAIT' || this.connecting;
    return open && !this.orphan && !this.sending.finishing;
  }

  get unsentOrUnackedBytes(): number {
    return this.sending.buffered;
  }

  read(max: number): Uint8Array | null {
    const bytes = this.receiving.read(max);
    if (bytes !== null && this.state !== 'CLOSED' && this.receiving.windowNewsDue) this.acknowledge();
    return bytes;
  }

  get roomBytes(): number {
    return this.writable ? this.sending.roomBytes : 0;
  }

  write(bytes: Uint8Array, more = false): number {
    return this.writable ? this.sending.write(bytes, more) : 0;
  }

  shutdown(): void {
    if (!this.writable) return;
    if (this.state === 'ESTABLISHED') this.state = 'FIN_WAIT_1';
    else if (this.state === 'CLOSE_WAIT') this.state = 'LAST_ACK';
    this.sending.finish();
  }

  close(): void {
    if (this.orphan) return;
    if (this.state === 'SYN_SENT' || this.state === 'CLOSED' || this.receiving.readable > 0) {
      this.abort();
      return;
    }
    this.shutdown();
    this.orphan = true;
    this.wake = NO_WAKE;
    this.keepAlive.stop();
    if (this.state === 'FIN_WAIT_2') this.#farewell.set(this.#kernel.scheduler.nowNs + FIN_WAIT_2_NS);
  }

  abort(): void {
    this.orphan = true;
    this.wake = NO_WAKE;
    this.reset();
  }

  setKeepAlive(on: boolean, delayNs: number): void {
    if (on && this.state !== 'CLOSED') this.keepAlive.start(delayNs);
    else this.keepAlive.stop();
  }

  setNoDelay(on: boolean): void {
    this.sending.noDelay = on;
    if (on && this.state !== 'CLOSED') this.sending.flush();
  }

  // What the kernel does with it.

  /** Puts a segment on the wire. Acknowledges on the way, so nothing else needs to. */
  transmit(flags: number, offset: number, payload: Uint8Array): void {
    const acknowledges = (flags & ACK) !== 0;
    if (acknowledges) this.acknowledging.sent(payload.length > 0);
    this.#kernel.send({
      from: 0,
      to: 0,
      protocol: 'tcp',
      sourceAddress: this.localAddress,
      destinationAddress: this.remoteAddress,
      sourcePort: this.localPort,
      destinationPort: this.remotePort,
      flags,
      sequence: (this.initialSequence + offset) >>> 0,
      acknowledgment: acknowledges ? (this.initialRemoteSequence + this.receiving.next) >>> 0 : 0,
      window: this.receiving.offer(),
      payload,
    });
  }

  /** A bare acknowledgment, now. */
  acknowledge(): void {
    this.transmit(ACK, this.sending.next, NO_BYTES);
  }

  /** The handshake is done. */
  establish(): void {
    this.state = this.sending.finishing ? 'FIN_WAIT_1' : 'ESTABLISHED';
    this.wakeDue = true;
    if (this.listener === null) this.acknowledging.clientEstablished();
  }

  /** Our FIN is acknowledged. */
  finAcknowledged(): void {
    if (this.state === 'FIN_WAIT_1') {
      this.state = 'FIN_WAIT_2';
      if (this.orphan) this.#farewell.set(this.#kernel.scheduler.nowNs + FIN_WAIT_2_NS);
    } else if (this.state === 'CLOSING') this.waitOut();
    else if (this.state === 'LAST_ACK') this.destroy(null);
  }

  /** The peer's FIN came, in its turn. */
  peerFinished(): void {
    this.wakeDue = true;
    this.acknowledging.due = true;
    if (this.state === 'ESTABLISHED') this.state = 'CLOSE_WAIT';
    else if (this.state === 'FIN_WAIT_1') this.state = 'CLOSING';
    else if (this.state === 'FIN_WAIT_2') this.waitOut();
  }

  /** Enters TIME_WAIT, or begins it again. */
  waitOut(): void {
    this.state = 'TIME_WAIT';
    this.#farewell.set(this.#kernel.scheduler.nowNs + TIME_WAIT_NS);
  }

  /** RST to the peer, where it knows of us, and the end. */
  reset(): void {
    if (this.state !== 'CLOSED' && this.state !== 'SYN_SENT' && this.state !== 'TIME_WAIT') {
      this.transmit(RST | ACK, this.sending.next, NO_BYTES);
    }
    this.destroy(null);
  }

  /** The end with an error, of which the owner is told. Last of all that a timer does. */
  fail(error: ErrorCode): void {
    this.destroy(error);
    this.wakeDue = true;
    this.settle();
  }

  /** The end: nothing is sent or awaited any more. What was received can still be read. */
  destroy(error: ErrorCode | null): void {
    if (this.state === 'CLOSED') return;
    if (this.state === 'SYN_RECEIVED') this.listener?.abandon(this);
    this.silence();
    this.error = error;
    this.#kernel.forget(this);
  }

  /** The end without a word to anybody: the machine lost its power. */
  silence(): void {
    this.state = 'CLOSED';
    this.sending.dispose();
    this.receiving.dispose();
    this.acknowledging.dispose();
    this.keepAlive.dispose();
    this.#farewell.dispose();
  }

  /** Does what is due, the owner's wake last: by then everything holds, whatever the owner does next. */
  settle(): void {
    if (this.acknowledging.due) this.acknowledge();
    if (!this.wakeDue) return;
    this.wakeDue = false;
    this.wake();
  }

  /** Sends SYN, or SYN-ACK to the SYN that came. */
  open(): void {
    this.sending.open(this.listener === null ? SYN : SYN | ACK);
  }

  #retryLimit(): number {
    if (this.state === 'SYN_SENT') return SYN_RETRIES;
    if (this.state === 'SYN_RECEIVED') return SYN_ACK_RETRIES;
    return this.orphan ? ORPHAN_RETRIES : DATA_RETRIES;
  }
}
