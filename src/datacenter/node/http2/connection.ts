// A connection of HTTP/2 (RFC 9113) as its owner uses it: takes bytes, tells events, takes what is to be sent, gives
// bytes. Knows neither sockets nor Node. Refuses calls by nghttp2's numbers. Made by bindings/http2-session.ts.
import { FAULT, FLAG, FRAME } from './codes.ts';
import { FrameReader } from './frame-reader.ts';
import { bytesOf32, bytesOfLatin1, frameBytes, headerFrames, PREFACE } from './frames.ts';
import type { HeaderField } from './hpack-table.ts';
import { nextBytes, wantsToWrite } from './outbound.ts';
import { bytesOfEntries, type Entry, SETTING, WINDOW_MAX } from './settings.ts';
import { type Events, ID_MAX, type Limits, State } from './state.ts';
import type { Source } from './stream.ts';

export class Connection {
  readonly state: State;
  readonly reader: FrameReader;
  #preface: Uint8Array | null;

  constructor(limits: Limits, events: Events) {
    this.state = new State(limits, events);
    this.reader = new FrameReader(this.state);
    this.#preface = limits.isServer ? null : bytesOfLatin1(PREFACE);
  }

  get wantsToRead(): boolean {
    const { state } = this;
    if (state.isTerminated) return false;
    return state.streams.size > 0 || (!state.goawaySent && !state.goawayReceived);
  }

  get wantsToWrite(): boolean {
    return wantsToWrite(this.state);
  }

  /** The next bytes to send, or null. */
  nextBytes(): readonly Uint8Array[] | null {
    const bytes = nextBytes(this.state);
    if (bytes === null || this.#preface === null) return bytes;
    const preface = this.#preface;
    this.#preface = null;
    return [preface, ...bytes];
  }

  /** A new stream's number, or a fault. */
  request(fields: readonly HeaderField[], source: Source | null): number {
    const { state } = this;
    const id = this.#takeId();
    if (id < 0) return id;
    state.opening.push({
      type: FRAME.HEADERS,
      id,
      pack: () => {
        if (state.goawayReceived || state.isTerminating) return FAULT.START_STREAM_NOT_ALLOWED;
        const frames = this.#headers(id, fields, source === null);
        if (typeof frames === 'number') return frames;
        const stream = state.open(id);
        stream.method = fields.find(({ name }) => name === ':method')?.value ?? '';
        state.sentId = Math.max(state.sentId, id);
        state.count(stream);
        stream.source = source;
        stream.isWriteShut = source === null;
        return frames;
      },
    });
    return id;
  }

  /** The final head of an answer, or trailers, or with `isInfo` a head before it. */
  headers(
    id: number,
    fields: readonly HeaderField[],
    source: Source | null,
    more: 'ends' | 'goes on',
  ): number {
    const { state } = this;
    const isReserved = state.streams.get(id)?.state === 'reserved';
    const endsStream = source === null && more === 'ends';
    (isReserved ? state.opening : state.regular).push({
      type: FRAME.HEADERS,
      id,
      pack: () => {
        const stream = state.streams.get(id);
        if (stream === undefined) return FAULT.STREAM_CLOSED;
        if (stream.state === 'closing') return FAULT.STREAM_CLOSING;
        if (stream.isWriteShut) return FAULT.STREAM_SHUT_WR;
        const frames = this.#headers(id, fields, endsStream);
        if (typeof frames === 'number') return frames;
        if (stream.state === 'reserved') {
          stream.state = 'open';
          state.count(stream);
        }
        if (source !== null) {
          stream.source = source;
          stream.isDeferred = false;
        }
        if (endsStream) stream.isWriteShut = true;
        return frames;
      },
      sent: () => {
        const stream = state.streams.get(id);
        if (stream !== undefined && endsStream) state.closeIfShut(stream);
      },
    });
    return 0;
  }

  /** Ends a stream whose source is through, without trailers. */
  endData(id: number): void {
    const { state } = this;
    state.regular.push({
      type: FRAME.DATA,
      id,
      pack: () => {
        const stream = state.streams.get(id);
        if (stream === undefined || stream.state === 'closing') return FAULT.STREAM_CLOSED;
        stream.isWriteShut = true;
        return [frameBytes(FRAME.DATA, FLAG.END_STREAM, id, [])];
      },
      sent: () => {
        const stream = state.streams.get(id);
        if (stream !== undefined) state.closeIfShut(stream);
      },
    });
  }

  /** A new stream's number, or a fault. */
  promise(parent: number, fields: readonly HeaderField[]): number {
    const { state } = this;
    const id = this.#takeId();
    if (id < 0) return id;
    state.regular.push({
      type: FRAME.PUSH_PROMISE,
      id: parent,
      pack: () => {
        if (state.setting('remote', SETTING.ENABLE_PUSH) === 0) return -528;
        const from = state.streams.get(parent);
        if (from === undefined) return FAULT.STREAM_CLOSED;
        if (from.state === 'closing') return FAULT.STREAM_CLOSING;
        if (state.goawayReceived) return FAULT.START_STREAM_NOT_ALLOWED;
        const block = state.encoder.encode(fields);
        const stream = state.open(id);
        stream.state = 'reserved';
        stream.isReadShut = true;
        state.sentId = Math.max(state.sentId, id);
        const payload = Uint8Array.from([...bytesOf32(id), ...block]);
        const frame = { type: FRAME.PUSH_PROMISE, flags: 0, id: parent, payload };
        return headerFrames(frame, (length, most) => state.events.padded(length, most));
      },
    });
    return id;
  }

  /** The stream's source has more. */
  resume(id: number): void {
    const stream = this.state.streams.get(id);
    if (stream === undefined) return;
    if (stream.isDeferred) stream.cycle = Math.max(stream.cycle, this.#leastCycle());
    stream.isDeferred = false;
  }

  settings(entries: readonly Entry[]): void {
    const { state } = this;
    state.inflight.push(entries);
    state.urgent.push({
      type: FRAME.SETTINGS,
      id: 0,
      pack: () => [frameBytes(FRAME.SETTINGS, 0, 0, bytesOfEntries(entries))],
    });
  }

  ping(payload: Uint8Array): void {
    this.state.urgent.push({
      type: FRAME.PING,
      id: 0,
      pack: () => [frameBytes(FRAME.PING, 0, 0, payload)],
    });
  }

  /** A frame of another kind, for nobody's state: ALTSVC, ORIGIN. */
  extension(type: number, id: number, payload: Uint8Array): void {
    this.state.regular.push({ type, id, pack: () => [frameBytes(type, 0, id, payload)] });
  }

  setWindow(size: number): void {
    const { state } = this;
    const change = size - state.receiveWindow;
    if (size > WINDOW_MAX || change === 0) return;
    state.receiveWindow = size;
    const reduction = change < 0 ? change : Math.min(state.reducedBytes, change);
    state.reducedBytes -= reduction;
    state.receivedBytes += reduction;
    if (change > reduction) state.updateWindow(0, change - reduction);
  }

  #leastCycle(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const stream of this.state.streams.values())
      if (stream.source !== null && !stream.isDeferred) least = Math.min(least, stream.cycle);
    return Number.isFinite(least) ? least : 0;
  }

  #takeId(): number {
    const id = this.state.nextId;
    if (id > ID_MAX) return FAULT.STREAM_ID_NOT_AVAILABLE;
    this.state.nextId += 2;
    return id;
  }

  #headers(id: number, fields: readonly HeaderField[], endsStream: boolean): readonly Uint8Array[] | number {
    const { limits, encoder, events } = this.state;
    const most = fields.reduce((sum, { name, value }) => sum + 12 + name.length + value.length, 24);
    if (most > limits.headerBlockBytesMax) return FAULT.FRAME_SIZE_ERROR;
    const payload = encoder.encode(fields);
    const frame = { type: FRAME.HEADERS, flags: endsStream ? FLAG.END_STREAM : 0, id, payload };
    return headerFrames(frame, (length, room) => events.padded(length, room));
  }
}
