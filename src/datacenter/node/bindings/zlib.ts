// The native side of node:zlib: deflate, inflate, gzip and their raw forms, on pako's port of zlib. Brotli and Zstd
// are refused by name (realm.ts fills what is missing). Work costs virtual time on a thread of its own.
// Called by registry.ts.
import { type Bundles, bundle } from '../bundles.ts';
import type { Binding, Callable, Realm } from '../realm.ts';
import { utf8Bytes } from '../text.ts';
import { AsyncWrap } from './async-wrap.ts';
import { bytesOf } from './crypto-keys.ts';

const MODE = { deflate: 1, inflate: 2, gzip: 3, gunzip: 4, deflateRaw: 5, inflateRaw: 6, unzip: 7 } as const;
const Z_OK = 0;
const Z_STREAM_END = 1;
const Z_NEED_DICT = 2;
const Z_DATA_ERROR = -3;
const Z_BUF_ERROR = -5;
const Z_FINISH = 4;
const METHOD_DEFLATED = 8;
const NAMES: Readonly<Record<number, string>> = {
  2: 'Z_NEED_DICT',
  [-1]: 'Z_ERRNO',
  [-2]: 'Z_STREAM_ERROR',
  [-3]: 'Z_DATA_ERROR',
  [-4]: 'Z_MEM_ERROR',
  [-5]: 'Z_BUF_ERROR',
};
/** Compressing and expanding cost about this, per byte that goes in. */
const NS_PER_BYTE = 10;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Instance of `new Zlib(mode)`; see zlib.js for who calls what. */
class Zlib extends AsyncWrap {
  onerror: ((message: string, errno: number, code: string) => void) | undefined;
  readonly #realm: Realm;
  readonly #mode: number;
  readonly #calls: Bundles['internal/brownout/deflate'];
  readonly #stream: InstanceType<Bundles['internal/brownout/deflate']['ZStream']>;
  #windowBits = 15;
  #level = -1;
  #memLevel = 8;
  #strategy = 0;
  #state = new Uint32Array(2);
  #callback: Callable = () => undefined;
  #dictionary: Uint8Array | null = null;
  #isClosed = false;
  /** Nothing may follow the first member. */
  #refusesMore = false;
  /** Bytes of gzip's magic number that came; below 0 where something else did. */
  #magicSeen = 0;

  constructor(realm: Realm, mode: number) {
    super(realm, 'ZLIB');
    this.#realm = realm;
    this.#mode = mode;
    this.#calls = bundle(realm.library, 'internal/brownout/deflate');
    this.#stream = new this.#calls.ZStream();
  }

  init(
    windowBits: number,
    level: number,
    memLevel: number,
    strategy: number,
    state: Uint32Array<ArrayBuffer>,
    callback: Callable,
    dictionary?: unknown,
    refusesMore?: unknown,
  ): void {
    this.#refusesMore = refusesMore === true;
    this.#windowBits = windowBits;
    this.#level = level;
    this.#memLevel = memLevel;
    this.#strategy = strategy;
    this.#state = state;
    this.#callback = callback;
    this.#dictionary = dictionary === undefined ? null : bytesOf(dictionary);
    this.#begin();
  }

  /** A later level and strategy: what was written before keeps its own. */
  params(level: number, strategy: number): void {
    const { state } = this.#stream;
    if (state === null || !this.#isDeflating) return;
    state.level = level < 0 ? 6 : level;
    state.strategy = strategy;
  }

  reset(): void {
    if (this.#isDeflating) this.#calls.deflating.deflateReset(this.#stream);
    else this.#calls.inflating.inflateReset(this.#stream);
    this.#magicSeen = 0;
    this.#setDictionary();
  }

  writeSync(
    ...parameters: readonly [number, Uint8Array | null, number, number, Uint8Array, number, number]
  ): void {
    this.#fail(this.#work(...parameters));
  }

  write(
    ...parameters: readonly [number, Uint8Array | null, number, number, Uint8Array, number, number]
  ): void {
    const { process } = this.#realm;
    process.references++;
    process.after(1_000 + parameters[3] * NS_PER_BYTE, () => {
      process.references--;
      if (this.#isClosed) return;
      const failure = this.#work(...parameters);
      this.#realm.makeCallback(this, () => {
        if (!this.#fail(failure)) this.#callback.call(this);
      });
    });
  }

  close(): void {
    this.#isClosed = true;
  }

  get #isDeflating(): boolean {
    return this.#mode === MODE.deflate || this.#mode === MODE.gzip || this.#mode === MODE.deflateRaw;
  }

  #begin(): void {
    const { gzip, gunzip, deflateRaw, inflateRaw, unzip } = MODE;
    let bits = this.#windowBits;
    if (this.#mode === gzip || this.#mode === gunzip) bits += 16;
    else if (this.#mode === unzip) bits += 32;
    else if (this.#mode === deflateRaw || this.#mode === inflateRaw) bits = -bits;
    if (this.#isDeflating)
      this.#calls.deflating.deflateInit2(
        this.#stream,
        this.#level,
        METHOD_DEFLATED,
        bits,
        this.#memLevel,
        this.#strategy,
      );
    else this.#calls.inflating.inflateInit2(this.#stream, bits);
    this.#setDictionary();
  }

  /** Raw and compressing streams take it at the start; others when they ask for it. */
  #setDictionary(): void {
    if (this.#dictionary === null) return;
    if (this.#mode === MODE.deflate || this.#mode === MODE.deflateRaw)
      this.#calls.deflating.deflateSetDictionary(this.#stream, this.#dictionary);
    else if (this.#mode === MODE.inflateRaw)
      this.#calls.inflating.inflateSetDictionary(this.#stream, this.#dictionary);
  }

  /** One step; gives what went wrong, or null. */
  #work(
    flush: number,
    input: Uint8Array | null,
    inOffset: number,
    inLength: number,
    output: Uint8Array,
    outOffset: number,
    outLength: number,
  ): { message: string; errno: number } | null {
    const stream = this.#stream;
    stream.input = input === null ? new Uint8Array(0) : bytesOf(input);
    stream.next_in = inOffset;
    stream.avail_in = inLength;
    stream.output = bytesOf(output);
    stream.next_out = outOffset;
    stream.avail_out = outLength;
    stream.msg = '';
    const errno = this.#isDeflating ? this.#calls.deflating.deflate(stream, flush) : this.#inflate(flush);
    this.#state[0] = stream.avail_out;
    this.#state[1] = stream.avail_in;
    return this.#failureOf(errno, flush);
  }

  #inflate(flush: number): number {
    const stream = this.#stream;
    this.#lookForMagic();
    let errno = this.#calls.inflating.inflate(stream, flush);
    if (errno === Z_NEED_DICT && this.#dictionary !== null && this.#mode !== MODE.inflateRaw) {
      errno = this.#calls.inflating.inflateSetDictionary(stream, this.#dictionary);
      if (errno === Z_OK) errno = this.#calls.inflating.inflate(stream, flush);
      else if (errno === Z_DATA_ERROR) errno = Z_NEED_DICT;
    }
    // Members of a gzip file may follow one another; zeros after the last are padding, all else is garbage.
    while (errno === Z_STREAM_END && this.#mayHaveMembers && stream.avail_in > 0 && this.#nextByte !== 0) {
      this.#calls.inflating.inflateReset(stream);
      errno = this.#calls.inflating.inflate(stream, flush);
    }
    return errno;
  }

  get #nextByte(): number | undefined {
    return this.#stream.input?.[this.#stream.next_in];
  }

  get #mayHaveMembers(): boolean {
    if (this.#refusesMore) return false;
    return this.#mode === MODE.gunzip || (this.#mode === MODE.unzip && this.#magicSeen === GZIP_MAGIC.length);
  }

  /** What unzip is given may be either; its first bytes tell, which may come one by one. */
  #lookForMagic(): void {
    const { input, next_in, avail_in } = this.#stream;
    for (let at = 0; at < avail_in && this.#magicSeen < GZIP_MAGIC.length; at++) {
      if (this.#magicSeen < 0 || input?.[next_in + at] !== GZIP_MAGIC[this.#magicSeen]) {
        this.#magicSeen = -1;
        return;
      }
      this.#magicSeen++;
    }
  }

  #failureOf(errno: number, flush: number): { message: string; errno: number } | null {
    if (errno === Z_OK || errno === Z_STREAM_END) {
      const isCut =
        errno === Z_OK && !this.#isDeflating && flush === Z_FINISH && this.#stream.avail_out !== 0;
      return isCut ? { message: 'unexpected end of file', errno: Z_BUF_ERROR } : null;
    }
    if (errno === Z_BUF_ERROR) {
      return flush === Z_FINISH && this.#stream.avail_out !== 0
        ? { message: 'unexpected end of file', errno }
        : null;
    }
    if (errno === Z_NEED_DICT)
      return { message: this.#dictionary === null ? 'Missing dictionary' : 'Bad dictionary', errno };
    return { message: this.#stream.msg === '' ? 'Zlib error' : this.#stream.msg, errno };
  }

  #fail(failure: { message: string; errno: number } | null): boolean {
    if (failure === null) return false;
    this.onerror?.(failure.message, failure.errno, NAMES[failure.errno] ?? 'Z_ERRNO');
    return true;
  }
}

export const zlib = (realm: Realm): Binding => ({
  ...realm.library.data('zlib'),
  Zlib: class extends Zlib {
    constructor(mode: number) {
      super(realm, mode);
    }
  },
  crc32: (data: string | ArrayBufferView, value = 0) => {
    const bytes = typeof data === 'string' ? utf8Bytes(data) : bytesOf(data);
    const { crc32 } = bundle(realm.library, 'internal/brownout/deflate');
    return crc32(value, bytes, bytes.length, 0) >>> 0;
  },
});
