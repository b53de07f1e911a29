// Splits the bytes of a connection into frames (RFC 9113, sections 3.4 and 4) and hands each to what receives its kind,
// blocks of headers as a whole. Refuses what no frame may be: a wrong preface, too long, out of order.
// Called by connection.ts.
import { CODE, FAULT, FLAG, FRAME } from './codes.ts';
import { type Frame, HEAD_BYTES, ID_MASK, PREFACE, uint32 } from './frames.ts';
import { controlHandlers } from './receive-control.ts';
import { receiveData } from './receive-data.ts';
import { receiveHeaders, receivePromise } from './receive-headers.ts';
import { SETTING } from './settings.ts';
import { Fatal, type State } from './state.ts';

const CONTINUATIONS_MAX = 8;

/** A block of headers that goes on in CONTINUATION frames. */
interface OpenBlock {
  readonly frame: Frame;
  readonly parts: Uint8Array[];
}

export class FrameReader {
  readonly state: State;
  #waiting = new Uint8Array(0);
  #prefaceLeft: string;
  #isFirst = true;
  #isPaused = false;
  #open: OpenBlock | null = null;

  constructor(state: State) {
    this.state = state;
    this.#prefaceLeft = state.limits.isServer ? PREFACE : '';
  }

  /** Stops before the next frame; `receive` goes on. */
  pause(): void {
    this.#isPaused = true;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Gives 0, or the fault after which nothing can go on. */
  receive(bytes: Uint8Array): number {
    this.#waiting = joined(this.#waiting, bytes);
    this.#isPaused = false;
    try {
      this.#readPreface();
      while (!this.#isPaused && !this.state.isDeaf && this.#readFrame());
    } catch (error) {
      if (!(error instanceof Fatal)) throw error;
      this.state.isDeaf = true;
      return error.fault;
    }
    if (this.state.isDeaf) this.#waiting = new Uint8Array(0);
    return 0;
  }

  #readPreface(): void {
    while (this.#prefaceLeft.length > 0 && this.#waiting.length > 0) {
      if (this.#waiting[0] !== this.#prefaceLeft.charCodeAt(0)) throw new Fatal(FAULT.BAD_CLIENT_MAGIC);
      this.#prefaceLeft = this.#prefaceLeft.slice(1);
      this.#waiting = this.#waiting.subarray(1);
    }
  }

  #readFrame(): boolean {
    const head = this.#waiting;
    const { state } = this;
    if (head.length < HEAD_BYTES || this.#prefaceLeft !== '') return false;
    const length = uint32(head, 0) >>> 8;
    const type = head[3] ?? 0;
    const flags = head[4] ?? 0;
    const id = uint32(head, 5) & ID_MASK;
    if (this.#isFirst && (type !== FRAME.SETTINGS || (flags & FLAG.ACK) !== 0)) {
      state.events.spokeOtherwise();
      state.endDeaf(CODE.PROTOCOL_ERROR, 'SETTINGS expected');
      return false;
    }
    if (length > state.setting('local', SETTING.MAX_FRAME_SIZE)) {
      state.endDeaf(CODE.FRAME_SIZE_ERROR, 'too large frame size');
      return false;
    }
    const open = this.#open;
    if (open !== null && (type !== FRAME.CONTINUATION || id !== open.frame.id)) {
      state.endDeaf(CODE.PROTOCOL_ERROR, 'unexpected non-CONTINUATION frame or stream_id is invalid');
      return false;
    }
    if (head.length < HEAD_BYTES + length) return false;
    this.#isFirst = false;
    const payload = head.subarray(HEAD_BYTES, HEAD_BYTES + length);
    this.#waiting = head.subarray(HEAD_BYTES + length);
    this.#dispatch({ type, flags, id, payload });
    return true;
  }

  #dispatch(frame: Frame): void {
    const { state } = this;
    const open = this.#open;
    if (open !== null) {
      this.#continue(open, frame);
      return;
    }
    switch (frame.type) {
      case FRAME.DATA:
      case FRAME.HEADERS:
      case FRAME.PUSH_PROMISE:
        this.#padded(frame);
        return;
      case FRAME.CONTINUATION:
        state.endDeaf(CODE.PROTOCOL_ERROR, 'CONTINUATION: unexpected');
        return;
      default:
        controlHandlers.get(frame.type)?.(state, frame);
    }
  }

  /** Takes padding and priority off. */
  #padded(frame: Frame): void {
    const { state } = this;
    const { payload, flags, type } = frame;
    const hasPriority = type === FRAME.HEADERS && (flags & FLAG.PRIORITY) !== 0;
    const isPadded = (flags & FLAG.PADDED) !== 0;
    const start = (isPadded ? 1 : 0) + (hasPriority ? 5 : 0);
    const least = start + (type === FRAME.PUSH_PROMISE ? 4 : 0);
    const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0);
    if (payload.length < least) {
      state.endDeaf(CODE.FRAME_SIZE_ERROR, '');
      return;
    }
    if (end < least) {
      const name = type === FRAME.DATA ? 'DATA' : 'HEADERS';
      state.endDeaf(CODE.PROTOCOL_ERROR, `${name}: invalid padding`);
      return;
    }
    if (hasPriority && (uint32(payload, start - 5) & ID_MASK) === frame.id && frame.id !== 0) {
      state.failConnection(FAULT.PROTO, 'HEADERS: depend on itself');
      return;
    }
    const body = payload.subarray(start, end);
    if (type === FRAME.DATA) {
      receiveData(state, frame, body);
      return;
    }
    if ((flags & FLAG.END_HEADERS) !== 0) this.#block(frame, body);
    else this.#open = { frame, parts: [body.slice()] };
  }

  #continue(open: OpenBlock, frame: Frame): void {
    if (open.parts.length > CONTINUATIONS_MAX) throw new Fatal(FAULT.TOO_MANY_CONTINUATIONS);
    open.parts.push(frame.payload.slice());
    if ((frame.flags & FLAG.END_HEADERS) === 0) return;
    this.#open = null;
    const head = { ...open.frame, flags: open.frame.flags | FLAG.END_HEADERS };
    this.#block(head, open.parts.reduce(joined));
  }

  #block(frame: Frame, block: Uint8Array): void {
    if (frame.type === FRAME.HEADERS) receiveHeaders(this.state, frame, block);
    else receivePromise(this.state, frame, block);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
