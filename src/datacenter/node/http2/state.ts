// What both halves of a connection of HTTP/2 share: streams, windows, settings, header tables, and the three queues
// of frames to send. Refuses by sending GOAWAY or RST_STREAM, as nghttp2 does and with its words.
// Used by receive-*.ts and outbound.ts; connection.ts is the whole.
import { CODE, codeOf, FLAG, FRAME } from './codes.ts';
import { bytesOf32, bytesOfLatin1, type Frame, frameBytes } from './frames.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { HpackEncoder } from './hpack-encoder.ts';
import type { HeaderField } from './hpack-table.ts';
import { defaultSettings, type Entry, SETTING, WINDOW_DEFAULT } from './settings.ts';
import { Stream } from './stream.ts';

/** What the owner of a connection hears. */
export interface Events {
  /** A block begins on a stream, which may be new: 'refused' resets it. May throw Fatal. */
  begins(id: number, category: number): 'taken' | 'refused';
  /** A field came; false when there were too many. */
  field(id: number, field: HeaderField): boolean;
  /** A frame is through that was in order: HEADERS after its block. `subject` is the promised stream's number. */
  frame(frame: Frame, subject: number): void;
  /** Bytes of a body. */
  data(id: number, bytes: Uint8Array): void;
  closed(id: number, code: number): void;
  /** A frame was not in order. May throw Fatal. */
  invalid(fault: number): void;
  /** The peer does not speak HTTP/2: its first frame is none that may be. */
  spokeOtherwise(): void;
  /** A frame could not be sent. */
  notSent(type: number, id: number, fault: number): void;
  /** How long a payload of such a length becomes with padding. */
  padded(length: number, most: number): number;
}

export interface Limits {
  readonly isServer: boolean;
  /** What the header table of our side has at most. */
  readonly tableBytesMax: number;
  /** Streams that the peer takes before it has said so. */
  readonly peerStreamsMax: number;
  readonly headerBlockBytesMax: number;
  readonly settingsMax: number;
  readonly reservedStreamsMax: number;
  readonly isSpaceRefused: boolean;
}

/** Nothing can go on: `receive` gives the fault. */
export class Fatal extends Error {
  readonly fault: number;
  constructor(fault: number) {
    super(`nothing can go on: fault ${fault}`);
    this.fault = fault;
  }
}

/** A frame to send: its bytes, or the fault for which it cannot be. */
export interface Item {
  readonly type: number;
  readonly id: number;
  readonly pack: () => readonly Uint8Array[] | number;
  readonly sent?: () => void;
  /** Was reset before it was sent. */
  canceled?: number;
}

export const ID_MAX = 0x7f_ff_ff_ff;

export class State {
  readonly limits: Limits;
  readonly events: Events;
  readonly streams = new Map<number, Stream>();
  readonly encoder: HpackEncoder;
  readonly decoder = new HpackDecoder();
  readonly local = defaultSettings();
  readonly remote = defaultSettings();
  /** Settings that were sent and not acknowledged. */
  readonly inflight: (readonly Entry[])[] = [];
  readonly urgent: Item[] = [];
  readonly regular: Item[] = [];
  /** HEADERS that open streams: they wait while the peer takes no more. */
  readonly opening: Item[] = [];
  sendWindow = WINDOW_DEFAULT;
  receiveWindow = WINDOW_DEFAULT;
  receivedBytes = 0;
  consumedBytes = 0;
  /** By how much our window was made smaller than the peer believes. */
  reducedBytes = 0;
  nextId: number;
  /** The highest that the peer began. */
  receivedId = 0;
  /** The highest of ours that HEADERS or PUSH_PROMISE were sent for. */
  sentId = 0;
  remoteLastId = ID_MAX;
  localLastId = ID_MAX;
  ownStreams = 0;
  peerStreams = 0;
  goawaySent = false;
  goawayReceived = false;
  isTerminating = false;
  isTerminated = false;
  /** Whatever else comes is ignored. */
  isDeaf = false;

  constructor(limits: Limits, events: Events) {
    this.limits = limits;
    this.events = events;
    this.encoder = new HpackEncoder(limits.tableBytesMax);
    this.nextId = limits.isServer ? 2 : 1;
    this.remote.set(SETTING.MAX_CONCURRENT_STREAMS, limits.peerStreamsMax);
  }

  setting(side: 'local' | 'remote', id: number): number {
    return this[side].get(id) ?? 0;
  }

  isOwn(id: number): boolean {
    return id % 2 === (this.limits.isServer ? 0 : 1);
  }

  /** Nobody has used the number yet. */
  isIdle(id: number): boolean {
    return id > (this.isOwn(id) ? this.sentId : this.receivedId);
  }

  open(id: number): Stream {
    const stream = new Stream(
      id,
      this.setting('remote', SETTING.INITIAL_WINDOW_SIZE),
      this.setting('local', SETTING.INITIAL_WINDOW_SIZE),
    );
    this.streams.set(id, stream);
    return stream;
  }

  /** Counts it among those that are open: those that are only reserved are not. */
  count(stream: Stream): void {
    stream.isCounted = true;
    if (this.isOwn(stream.id)) this.ownStreams++;
    else this.peerStreams++;
  }

  close(id: number, code: number): void {
    const stream = this.streams.get(id);
    if (stream === undefined) return;
    if (stream.isCounted && this.isOwn(id)) this.ownStreams--;
    else if (stream.isCounted) this.peerStreams--;
    this.streams.delete(id);
    stream.source = null;
    this.events.closed(id, code);
  }

  closeIfShut(stream: Stream): void {
    if (stream.isReadShut && stream.isWriteShut) this.close(stream.id, CODE.NO_ERROR);
  }

  reset(id: number, code: number): void {
    const stream = this.streams.get(id);
    if (stream?.state === 'closing') return;
    const waiting = this.opening.find((item) => item.id === id);
    if (waiting !== undefined && stream === undefined) {
      waiting.canceled = code;
      return;
    }
    if (stream !== undefined) stream.state = 'closing';
    this.regular.push({
      type: FRAME.RST_STREAM,
      id,
      pack: () => [frameBytes(FRAME.RST_STREAM, 0, id, bytesOf32(code))],
      sent: () => this.close(id, code),
    });
  }

  goaway(lastId: number, code: number, debug: ArrayLike<number>, isLast = false): void {
    const last = Math.min(lastId, this.localLastId);
    this.regular.push({
      type: FRAME.GOAWAY,
      id: 0,
      pack: () => [frameBytes(FRAME.GOAWAY, 0, 0, [...bytesOf32(last, code), ...Array.from(debug)])],
      sent: () => {
        this.localLastId = last;
        this.goawaySent = true;
        if (isLast) this.isTerminated = true;
        this.closeAfter(last, false);
      },
    });
  }

  /** Streams past the last that is served are refused. */
  closeAfter(lastId: number, areOwn: boolean): void {
    for (const id of [...this.streams.keys()])
      if (id > lastId && this.isOwn(id) === areOwn) this.close(id, CODE.REFUSED_STREAM);
  }

  /** The end of the connection: GOAWAY, with words for whoever debugs it. Nothing is read any more. */
  terminate(code: number, why = ''): void {
    if (this.isTerminating) return;
    this.isTerminating = true;
    this.goaway(this.receivedId, code, bytesOfLatin1(why), true);
  }

  /** The peer broke the rules of connections. */
  failConnection(fault: number, why: string): void {
    this.events.invalid(fault);
    this.endDeaf(codeOf(fault), why);
  }

  endDeaf(code: number, why: string): void {
    this.terminate(code, why);
    this.isDeaf = true;
  }

  /** The peer broke the rules of one stream. */
  failStream(id: number, fault: number): void {
    this.reset(id, codeOf(fault));
    this.events.invalid(fault);
  }

  updateWindow(id: number, increment: number): void {
    this.regular.push({
      type: FRAME.WINDOW_UPDATE,
      id,
      pack: () => [frameBytes(FRAME.WINDOW_UPDATE, 0, id, bytesOf32(increment))],
    });
  }

  /** Bytes of bodies were used up: once it is half of the window, the peer may send more. */
  consume(
    window: { receiveWindow: number; receivedBytes: number; consumedBytes: number },
    id: number,
    bytes: number,
  ): void {
    window.consumedBytes += bytes;
    const given = Math.min(window.consumedBytes, window.receivedBytes);
    if (given === 0 || given < Math.trunc(window.receiveWindow / 2)) return;
    window.receivedBytes -= given;
    window.consumedBytes -= given;
    this.updateWindow(id, given);
  }

  consumeConnection(bytes: number): void {
    this.consume(this, 0, bytes);
  }

  consumeStream(id: number, bytes: number): void {
    const stream = this.streams.get(id);
    if (stream === undefined || stream.isReadShut || stream.state === 'closing') return;
    this.consume(stream, id, bytes);
  }

  acknowledge(): void {
    this.urgent.push({
      type: FRAME.SETTINGS,
      id: 0,
      pack: () => [frameBytes(FRAME.SETTINGS, FLAG.ACK, 0, [])],
    });
  }
}
