// The native side of one Http2Session: its streams, and what the library asks of it: pings, settings, GOAWAY, what it
// is like. Refuses more pings and settings under way than were allowed. Made by http2.ts; http2-events.ts hears the
// connection, http2-pump.ts moves the bytes.
import type { Connection } from '../http2/connection.ts';
import { AsyncWrap } from './async-wrap.ts';
import { connectionOf } from './http2-events.ts';
import { Http2Pump } from './http2-pump.ts';
import { fieldsOf, type Http2Shared } from './http2-shared.ts';
import { EMPTY_PAYLOAD, Http2StreamHandle } from './http2-stream.ts';

/** A PING or SETTINGS that waits for its acknowledgement. */
interface Awaited {
  readonly wrap: AsyncWrap;
  readonly callback: unknown;
  readonly startNs: number;
}

const NS_PER_MS = 1e6;

export class Http2SessionHandle extends Http2Pump {
  readonly isServer: boolean;
  readonly connection: Connection;
  readonly fields = new Uint8Array(12);
  readonly streams = new Map<number, Http2StreamHandle>();
  readonly headerPairsMax: number;
  readonly pings: Awaited[] = [];
  readonly sentSettings: Awaited[] = [];
  readonly remoteCustomIds: readonly number[];
  localCustomIds: readonly number[] = [];

  constructor(shared: Http2Shared, type: number) {
    super(shared);
    this.isServer = type === 0;
    new Uint32Array(this.fields.buffer, 4).set([1000, 100]);
    this.headerPairsMax = Math.max(shared.option(5, 128), this.isServer ? 4 : 1);
    this.remoteCustomIds = shared.customIds();
    shared.settingsBuffer[8] = 0;
    this.connection = connectionOf(this);
  }

  get headerBytesMax(): number {
    const { SETTING } = this.shared.library;
    return Math.min(this.connection.state.setting('local', SETTING.MAX_HEADER_LIST_SIZE), 16_777_215);
  }

  // Streams.
  addStream(id: number, category: number, options = 0): Http2StreamHandle {
    const stream = this.newStream(id, category, options);
    this.streams.set(id, stream);
    return stream;
  }

  /** The realm's own class makes it; see http2.ts. */
  protected newStream(id: number, category: number, options: number): Http2StreamHandle {
    return new Http2StreamHandle(this.shared, this, id, category, options);
  }

  removeStream(id: number): void {
    this.streams.delete(id);
  }

  protected flushReset(id: number): void {
    this.streams.get(id)?.flushReset();
  }

  protected cancelAwaited(): void {
    const { immediates } = this.shared.realm;
    for (const each of [...this.pings.splice(0), ...this.sentSettings.splice(0)])
      immediates.push(() => this.settle(each, false));
  }

  request(headers: readonly [string, number], options: number): Http2StreamHandle | number {
    return this.scope(() => {
      const fields = fieldsOf(headers);
      let made: Http2StreamHandle | null = null;
      const source = {
        read: (most: number) => made?.read(most) ?? null,
        take: (length: number) => made?.take(length) ?? new Uint8Array(0),
      };
      const id = this.connection.request(fields, (options & EMPTY_PAYLOAD) === 0 ? source : null);
      if (id <= 0) return id;
      made = this.addStream(id, 0, options);
      return made;
    });
  }

  // What the library asks for.
  ping(payload: Uint8Array | undefined, callback: unknown): boolean {
    const sent = payload === undefined ? this.#clockBytes() : payload.slice();
    if (this.pings.length >= this.shared.option(6, 10)) {
      this.#finish({ wrap: this, callback, startNs: 0 }, false, 0, this.shared.bufferOf(sent));
      return false;
    }
    this.pings.push(this.#awaited('HTTP2PING', callback));
    this.scope(() => this.connection.ping(sent));
    return true;
  }

  settings(callback: unknown): boolean {
    const entries = this.shared.takeSettings();
    if (this.sentSettings.length >= this.shared.option(7, 10)) {
      this.#finish({ wrap: this, callback, startNs: 0 }, false, 0);
      return false;
    }
    this.localCustomIds = [...new Set([...this.localCustomIds, ...this.shared.customIds()])];
    this.sentSettings.push(this.#awaited('HTTP2SETTINGS', callback));
    this.scope(() => this.connection.settings(entries));
    return true;
  }

  /** The acknowledgement came, or never will. */
  settle(awaited: Awaited, isAcknowledged: boolean, payload?: Uint8Array): void {
    const durationMs = (this.shared.realm.process.nowNs - awaited.startNs) / NS_PER_MS;
    const buffer = payload === undefined ? [] : [this.shared.bufferOf(payload)];
    this.#finish(awaited, isAcknowledged, durationMs, ...buffer);
  }

  #finish(awaited: Awaited, ...parameters: readonly unknown[]): void {
    this.shared.realm.makeCallback(awaited.wrap, awaited.callback, ...parameters);
  }

  #awaited(provider: string, callback: unknown): Awaited {
    const { realm } = this.shared;
    return { wrap: new AsyncWrap(realm, provider), callback, startNs: realm.process.nowNs };
  }

  #clockBytes(): Uint8Array {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(this.shared.realm.process.nowNs), true);
    return bytes;
  }

  goaway(code: number, lastId: number, data?: Uint8Array): void {
    const { state } = this.connection;
    this.scope(() => {
      const last = lastId > 0 ? lastId : state.receivedId;
      if (last === 0 || !state.isOwn(last)) state.goaway(last, code, data ?? []);
    });
  }

  altsvc(stream: number, origin: string, value: string): void {
    const { bytesOf16, bytesOfLatin1, FRAME } = this.shared.library;
    if ((origin === '') === (stream === 0)) return;
    const head = bytesOf16(origin.length);
    const payload = Uint8Array.from([...head, ...bytesOfLatin1(origin + value)]);
    this.scope(() => this.connection.extension(FRAME.ALTSVC, stream, payload));
  }

  origin(texts: string, count: number): void {
    const { bytesOf16, bytesOfLatin1, FRAME } = this.shared.library;
    const each = texts.split('\0').slice(0, count);
    const payload = each.flatMap((text) => [...bytesOf16(text.length), ...bytesOfLatin1(text)]);
    this.scope(() => this.connection.extension(FRAME.ORIGIN, 0, Uint8Array.from(payload)));
  }

  setNextStreamID(id: number): boolean {
    const { state } = this.connection;
    if (!state.isOwn(id) || id < state.nextId) return false;
    state.nextId = id;
    return true;
  }

  setLocalWindowSize(size: number): number {
    this.scope(() => this.connection.setWindow(size));
    return 0;
  }

  localSettings(): void {
    this.shared.putSettings(this.connection.state.local, this.localCustomIds);
  }

  remoteSettings(): void {
    this.shared.putSettings(this.connection.state.remote, this.remoteCustomIds);
  }

  refreshState(): void {
    const { state } = this.connection;
    this.shared.sessionState.set([
      state.receiveWindow,
      Math.max(0, state.receivedBytes),
      state.nextId,
      state.receiveWindow - state.receivedBytes,
      state.receivedId,
      state.sendWindow,
      state.urgent.length + state.regular.length + state.opening.length,
      state.encoder.tableBytes,
      state.decoder.tableBytes,
    ]);
  }
}
