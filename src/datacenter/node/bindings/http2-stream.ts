// The native side of one Http2Stream: what the program writes waits here until windows let it go, and what came is
// handed to the program's onread. Refuses writes to a stream that is shut. Made by http2-session.ts.
import type { HeaderField } from '../http2/hpack-table.ts';
import type { Source } from '../http2/stream.ts';
import type { Http2SessionHandle } from './http2-session.ts';
import { CALLBACK, fieldsOf, type Http2Shared } from './http2-shared.ts';
import { ReadDelivery } from './read-delivery.ts';
import { BYTES_WRITTEN, LAST_WRITE_WAS_ASYNC, streamStateOf } from './stream-state.ts';
import type { WriteRequest } from './write-queue.ts';
import { WriterHandle } from './writer-handle.ts';

/** STREAM_OPTION_EMPTY_PAYLOAD and STREAM_OPTION_GET_TRAILERS. */
export const EMPTY_PAYLOAD = 1;
const GET_TRAILERS = 2;
const CANCEL = 8;
/** What a field takes beside its texts, as a table of HPACK counts. */
const FIELD_OVERHEAD_BYTES = 32;

interface Chunk {
  bytes: Uint8Array;
  readonly request: WriteRequest | null;
}

type HeaderList = readonly [string, number];

export class Http2StreamHandle extends WriterHandle implements Source {
  readonly isStreamBase = true;
  bytesRead = 0;
  bytesWritten = 0;
  onread: ((arrayBuffer: ArrayBuffer | undefined) => unknown) | undefined;
  readonly session: Http2SessionHandle;
  readonly number: number;
  isDestroyed = false;
  isReading = false;
  isWritable = true;
  category: number;
  fields: HeaderField[] = [];
  /** Asks whoever feeds it for more. */
  wantsWrite: (() => void) | null = null;
  readonly #shared: Http2Shared;
  readonly #delivery: ReadDelivery;
  readonly #queue: Chunk[] = [];
  #fieldBytes = 0;
  #waitingBytes = 0;
  #unreadBytes = 0;
  #hasTrailers: boolean;
  #resetCode = 0;

  constructor(shared: Http2Shared, session: Http2SessionHandle, id: number, category: number, options = 0) {
    super(shared.realm, 'HTTP2STREAM');
    this.#shared = shared;
    this.session = session;
    this.number = id;
    this.category = category;
    this.#delivery = new ReadDelivery(shared.realm, this);
    this.#hasTrailers = (options & GET_TRAILERS) !== 0;
    if ((options & EMPTY_PAYLOAD) !== 0) this.isWritable = false;
  }

  id(): number {
    return this.number;
  }

  // What comes.
  startHeaders(category: number): void {
    this.category = category;
    this.fields = [];
    this.#fieldBytes = 0;
  }

  /** False when there are too many. */
  addField(field: HeaderField): boolean {
    const bytes = field.name.length + field.value.length + FIELD_OVERHEAD_BYTES;
    const { headerPairsMax, headerBytesMax } = this.session;
    if (this.fields.length === headerPairsMax || this.#fieldBytes + bytes > headerBytesMax) return false;
    this.fields.push(field);
    this.#fieldBytes += bytes;
    return true;
  }

  receive(bytes: Uint8Array): void {
    this.bytesRead += bytes.length;
    this.#shared.hasCalled = true;
    this.#delivery.bytes(bytes.slice());
    if (this.isReading) this.session.connection.state.consumeStream(this.number, bytes.length);
    else this.#unreadBytes += bytes.length;
  }

  receiveEnd(): void {
    this.#delivery.end(this.realm.errno('EOF'));
  }

  readStart(): number {
    this.session.scope(() => {
      this.isReading = true;
      const bytes = this.#unreadBytes;
      this.#unreadBytes = 0;
      if (bytes > 0) this.session.connection.state.consumeStream(this.number, bytes);
    });
    return 0;
  }

  readStop(): number {
    this.isReading = false;
    return 0;
  }

  useUserBuffer(buffer: Uint8Array): void {
    this.#delivery.readInto(buffer);
  }

  // What goes.
  protected send(request: WriteRequest, bytes: Uint8Array): number {
    return this.feed(bytes, request);
  }

  /** Queues bytes; `request` is told when they are through. */
  feed(bytes: Uint8Array, request: WriteRequest | null): number {
    if (!this.isWritable || this.isDestroyed) return this.realm.errno('EOF');
    const state = streamStateOf(this.realm);
    state[BYTES_WRITTEN] = bytes.length;
    state[LAST_WRITE_WAS_ASYNC] = 1;
    this.bytesWritten += bytes.length;
    this.session.scope(() => {
      this.#queue.push({ bytes, request });
      this.#waitingBytes += bytes.length;
      this.session.connection.resume(this.number);
    });
    return 0;
  }

  shutdown(_request?: unknown): number {
    if (this.isDestroyed) return this.realm.errno('EPIPE');
    this.session.scope(() => {
      this.isWritable = false;
      this.session.connection.resume(this.number);
    });
    return 1;
  }

  read(most: number): { length: number; isEnd: boolean; hasTrailers: boolean } | null {
    while (this.#queue[0]?.bytes.length === 0) this.#complete(this.#queue.shift()?.request ?? null, 0);
    const length = Math.min(this.#waitingBytes, most);
    if (length === 0 && this.isWritable) {
      this.wantsWrite?.();
      return this.#waitingBytes > 0 || !this.isWritable ? this.read(most) : null;
    }
    const isEnd = this.#waitingBytes === length && !this.isWritable;
    const hasTrailers = isEnd && this.#hasTrailers;
    if (hasTrailers) {
      this.#hasTrailers = false;
      this.#shared.call(this, CALLBACK.trailers);
    }
    return { length, isEnd, hasTrailers };
  }

  take(length: number): Uint8Array {
    const taken = new Uint8Array(length);
    let at = 0;
    while (at < length) {
      const first = this.#queue[0];
      if (first === undefined) break;
      const piece = first.bytes.subarray(0, length - at);
      taken.set(piece, at);
      at += piece.length;
      first.bytes = first.bytes.subarray(piece.length);
      if (first.bytes.length > 0) continue;
      this.#queue.shift();
      if (first.request !== null) this.session.completeLater(first.request);
    }
    this.#waitingBytes -= length;
    return taken;
  }

  #complete(request: WriteRequest | null, status: number): void {
    if (request !== null) this.realm.makeCallback(request, request.oncomplete, status);
  }

  // What the library calls.
  respond(headers: HeaderList, options: number): number {
    return this.session.scope(() => {
      if ((options & GET_TRAILERS) !== 0) this.#hasTrailers = true;
      const isEmpty = !this.isWritable || (options & EMPTY_PAYLOAD) !== 0;
      return this.session.connection.headers(this.number, fieldsOf(headers), isEmpty ? null : this, 'ends');
    });
  }

  info(headers: HeaderList): number {
    return this.session.scope(() =>
      this.session.connection.headers(this.number, fieldsOf(headers), null, 'goes on'),
    );
  }

  trailers(headers: HeaderList): number {
    return this.session.scope(() => {
      if (headers[1] > 0)
        return this.session.connection.headers(this.number, fieldsOf(headers), null, 'ends');
      this.session.connection.endData(this.number);
      return 0;
    });
  }

  pushPromise(headers: HeaderList, options: number): Http2StreamHandle | number {
    return this.session.scope(() => {
      const id = this.session.connection.promise(this.number, fieldsOf(headers));
      return id <= 0 ? id : this.session.addStream(id, 0, options);
    });
  }

  priority(): void {}

  rstStream(code: number): void {
    this.#resetCode = code;
    const waits = code === CANCEL && (this.session.isInScope || (!this.isWritable && this.isReading));
    if (waits || !this.session.sendPending()) this.session.resetLater(this.number);
    else this.flushReset();
  }

  flushReset(): void {
    if (this.isDestroyed) return;
    this.session.scope(() => this.session.connection.state.reset(this.number, this.#resetCode));
  }

  destroy(): void {
    if (this.isDestroyed) return;
    if (this.session.isResetWaiting(this.number)) this.flushReset();
    this.isDestroyed = true;
    this.session.removeStream(this.number);
    this.realm.immediates.push(() => {
      const canceled = this.realm.errno('ECANCELED');
      for (const { request } of this.#queue.splice(0)) this.#complete(request, canceled);
      this.#waitingBytes = 0;
    });
  }

  refreshState(): void {
    const into = this.#shared.streamState;
    into.fill(0);
    into[0] = 1;
    const stream = this.session.connection.state.streams.get(this.number);
    if (stream === undefined) return;
    into[0] = stateNumber(stream, this.session.connection.state.isOwn(this.number));
    into[1] = 16;
    into[3] = stream.isWriteShut ? 1 : 0;
    into[4] = stream.isReadShut ? 1 : 0;
    into[5] = stream.receiveWindow - stream.receivedBytes;
  }
}

/** NGHTTP2_STREAM_STATE_*. */
function stateNumber(
  stream: { readonly state: string; readonly isReadShut: boolean; readonly isWriteShut: boolean },
  isOwn: boolean,
): number {
  if (stream.state === 'closing') return 7;
  if (stream.state === 'reserved') return isOwn ? 3 : 4;
  if (stream.isReadShut) return 6;
  return stream.isWriteShut ? 5 : 2;
}
