// Node's HTTPParser over llhttp, the parser that Node itself uses, as WebAssembly. Collects headers as
// Node's native side does, and takes bytes straight from a TCP handle (consume). Made by http-parser-binding.ts.
import type { Callable, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import type { ConnectionsList } from './connections-list.ts';
import { HeaderLines } from './header-lines.ts';
import { HEADER_BYTES_MAX, type Overflow, ParserLimits } from './http-parser-limits.ts';
import {
  copyForProgram,
  ON_BODY,
  ON_EXECUTE,
  ON_HEADERS,
  ON_HEADERS_COMPLETE,
  ON_MESSAGE_BEGIN,
  ON_MESSAGE_COMPLETE,
  type ParseError,
  parseError,
  REQUEST,
} from './http-parser-parts.ts';
import { HPE, type Llhttp, llhttpOf, type ParserEvents } from './llhttp.ts';
import type { StreamHandle } from './stream-handle.ts';
import type { Consumer } from './stream-requests.ts';

export class Parser extends AsyncWrap implements ParserEvents, Consumer {
  readonly #realm: Realm;
  readonly #llhttp: Llhttp;
  #handle = 0;
  #type = 0;
  readonly #limits = new ParserLimits();
  /** Two for each header that a message may have; 0 for any number. Set by the library. */
  maxHeaderPairs = 0;
  readonly #lines = new HeaderLines();
  #url = '';
  #status = '';
  #flushed = false;
  #depth = 0;
  #pausePending = false;
  #thrown: { readonly error: unknown } | null = null;
  #userError: Overflow | null = null;
  #current: Uint8Array | null = null;
  #consumed: StreamHandle | null = null;
  #connections: ConnectionsList | null = null;
  headersCompleted = false;
  /** Process time at which the present message began, 0 between messages. */
  messageStartNs = 0;

  constructor(realm: Realm) {
    super(realm, '');
    this.#realm = realm;
    this.#llhttp = llhttpOf(realm.library.source.llhttp);
  }

  initialize(
    type: number,
    _resource: unknown,
    maxHeaderSize = 0,
    lenient = 0,
    connections?: ConnectionsList,
  ): void {
    if (this.#handle !== 0) this.#llhttp.free(this.#handle);
    this.#handle = this.#llhttp.alloc(type, lenient);
    this.#type = type;
    this.#limits.headerBytesMax = maxHeaderSize > 0 ? maxHeaderSize : HEADER_BYTES_MAX;
    this.#limits.messageBegins();
    this.#url = '';
    this.#status = '';
    this.#lines.clear();
    this.#flushed = false;
    this.#thrown = null;
    this.#userError = null;
    this.#pausePending = false;
    this.headersCompleted = false;
    this.#connections = connections ?? null;
    if (connections !== undefined) {
      this.messageStartNs = this.#realm.process.nowNs + 1;
      connections.push(this);
      connections.pushActive(this);
    }
  }

  /** Bytes parsed, or a ParseError. Throws what a callback threw. */
  execute(bytes: Uint8Array): number | ParseError {
    this.#current = bytes;
    const { errno, parsed } = this.#run(() => this.#llhttp.execute(this.#handle, bytes, this));
    this.#current = null;
    const overflow = errno === HPE.OK ? this.#limits.inputEnds(bytes.length) : null;
    if (overflow !== null) this.#userError = overflow;
    return this.#outcome(overflow === null ? errno : HPE.USER, parsed);
  }

  finish(): ParseError | undefined {
    if (this.#handle === 0) return undefined;
    const { errno } = this.#run(() => ({ errno: this.#llhttp.finish(this.#handle, this), parsed: 0 }));
    const outcome = this.#outcome(errno, 0);
    return typeof outcome === 'number' ? undefined : outcome;
  }

  pause(): void {
    if (this.#depth > 0) this.#pausePending = true;
    else if (this.#handle !== 0) this.#llhttp.pause(this.#handle);
  }

  resume(): void {
    this.#pausePending = false;
    if (this.#depth === 0 && this.#handle !== 0) this.#llhttp.resume(this.#handle);
  }

  consume(handle: StreamHandle): void {
    this.#consumed = handle;
    handle.consumer = this;
  }

  unconsume(): void {
    if (this.#consumed?.consumer === this) this.#consumed.consumer = null;
    this.#consumed = null;
  }

  consumeBytes(bytes: Uint8Array): void {
    const parse = (): void => {
      const result = this.execute(bytes);
      const onExecute = this.#callback(ON_EXECUTE);
      this.#current = bytes;
      onExecute?.call(this, result);
      this.#current = null;
    };
    this.#realm.makeCallback(this, parse);
  }

  getCurrentBuffer(): Uint8Array | undefined {
    if (this.#current === null) return undefined;
    const { Buffer } = this.#realm.requireBuiltin('buffer') as {
      Buffer: { from(bytes: Uint8Array): Uint8Array };
    };
    return Buffer.from(this.#current);
  }

  remove(): void {
    this.#connections?.pop(this);
    this.#connections?.popActive(this);
  }

  close(): void {
    this.unconsume();
    if (this.#handle !== 0) this.#llhttp.free(this.#handle);
    this.#handle = 0;
  }

  // What llhttp reports. Each gives 0 to go on, or an error number.
  onMessageBegin(): number {
    if (this.#connections !== null) {
      this.remove();
      this.messageStartNs = this.#realm.process.nowNs + 1;
      this.#connections.push(this);
      this.#connections.pushActive(this);
    }
    this.#limits.messageBegins();
    this.#lines.clear();
    this.#url = '';
    this.#status = '';
    this.headersCompleted = false;
    return this.#call(ON_MESSAGE_BEGIN) === FAILED ? HPE.USER : 0;
  }

  onUrl(text: string): number {
    this.#url += text;
    return this.#refused(this.#limits.headBytes(text.length));
  }

  onStatus(text: string): number {
    this.#status += text;
    return this.#refused(this.#limits.headBytes(text.length));
  }

  onHeaderField(text: string): number {
    const isCounted = this.#lines.isBetween && this.#type === REQUEST;
    const overflow =
      this.#limits.headBytes(text.length) ?? (isCounted ? this.#limits.line(this.maxHeaderPairs / 2) : null);
    if (overflow !== null) return this.#refused(overflow);
    if (this.#lines.isFullBatch) this.#flush();
    this.#lines.addField(text);
    return 0;
  }

  onHeaderValue(text: string): number {
    const overflow = this.#limits.headBytes(text.length);
    if (overflow !== null) return this.#refused(overflow);
    this.#limits.reached(this.#llhttp.pieceEnd);
    this.#lines.addValue(text);
    return 0;
  }

  onHeadersComplete(statusCode: number, upgrade: boolean, shouldKeepAlive: boolean): number {
    this.headersCompleted = true;
    this.#limits.headEnds();
    let headers: string[] | undefined;
    let url: string | undefined;
    if (this.#flushed) this.#flush();
    else {
      headers = this.#lines.take();
      if (this.#type === REQUEST) url = this.#url;
    }
    const { major, minor, method } = this.#llhttp.head(this.#handle);
    const isRequest = this.#type === REQUEST;
    const result = this.#call(
      ON_HEADERS_COMPLETE,
      major,
      minor,
      headers,
      isRequest ? method : undefined,
      url,
      isRequest ? undefined : statusCode,
      isRequest ? undefined : this.#status,
      upgrade,
      shouldKeepAlive,
    );
    this.#flushed = false;
    if (result === FAILED) return HPE.USER;
    return typeof result === 'number' ? result : 0;
  }

  onBody(bytes: Uint8Array): number {
    const overflow = this.#limits.body(bytes.byteOffset - this.#llhttp.inputAt, bytes.length);
    if (overflow !== null) return this.#refused(overflow);
    return this.#call(ON_BODY, copyForProgram(this.#realm, bytes)) === FAILED ? HPE.USER : 0;
  }

  onMessageComplete(): number {
    if (this.#connections !== null) {
      this.remove();
      this.messageStartNs = 0;
      this.#connections.push(this);
    }
    const overflow = this.#limits.messageEnds(this.#current);
    if (overflow !== null) return this.#refused(overflow);
    if (!this.#lines.isEmpty) this.#flush();
    return this.#call(ON_MESSAGE_COMPLETE) === FAILED ? HPE.USER : 0;
  }

  #run(step: () => { errno: number; parsed: number }): { errno: number; parsed: number } {
    this.#thrown = null;
    this.#depth++;
    const result = step();
    this.#depth--;
    if (this.#pausePending && this.#depth === 0 && this.#handle !== 0) {
      this.#pausePending = false;
      this.#llhttp.pause(this.#handle);
    }
    return result;
  }

  #outcome(errno: number, parsed: number): number | ParseError {
    const thrown = this.#thrown as { readonly error: unknown } | null;
    if (thrown !== null) {
      this.#thrown = null;
      throw thrown.error;
    }
    if (
      this.#handle === 0 ||
      errno === HPE.OK ||
      errno === HPE.PAUSED_UPGRADE ||
      this.#llhttp.isUpgrade(this.#handle)
    )
      return parsed;
    return parseError(parsed, this.#userError ?? this.#llhttp.describe(this.#handle, errno));
  }

  #refused(overflow: Overflow | null): number {
    if (overflow === null) return 0;
    this.#userError = overflow;
    return HPE.USER;
  }

  /** Hands a batch of headers over before the head is complete (or trailers after the body). */
  #flush(): void {
    this.#call(ON_HEADERS, this.#lines.take(), this.#url);
    this.#url = '';
    this.#flushed = true;
  }

  #callback(index: number): Callable | undefined {
    const callback = (this as unknown as Record<number, unknown>)[index];
    return typeof callback === 'function' ? (callback as Callable) : undefined;
  }

  #call(index: number, ...parameters: unknown[]): unknown {
    const callback = this.#callback(index);
    if (callback === undefined) return undefined;
    try {
      return callback.apply(this, parameters);
    } catch (error) {
      this.#thrown = { error };
      this.#userError = { code: 'HPE_JS_EXCEPTION', reason: 'JS Exception' };
      return FAILED;
    }
  }
}

const FAILED = Symbol('a callback threw');
