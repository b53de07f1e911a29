// llhttp as WebAssembly: one instance a thread, one state a parser. Copies bytes in, and reports what it
// finds to the parser that is running. Called by http-parser.ts alone.
import { assert } from '../../base/assert.ts';
import { hexBytes, latin1Text } from '../text.ts';
import { HeadText } from './head-text.ts';

/** Errors of llhttp that we name; the others come with their own names. */
export const HPE = { OK: 0, PAUSED: 21, PAUSED_UPGRADE: 22, USER: 24 } as const;

export interface ParserEvents {
  onMessageBegin(): number;
  onUrl(text: string): number;
  onStatus(text: string): number;
  onHeaderField(text: string): number;
  onHeaderValue(text: string): number;
  onHeadersComplete(statusCode: number, upgrade: boolean, shouldKeepAlive: boolean): number;
  onBody(bytes: Uint8Array): number;
  onMessageComplete(): number;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(at: number): void;
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_execute(parser: number, at: number, length: number): number;
  llhttp_finish(parser: number): number;
  llhttp_pause(parser: number): void;
  llhttp_resume(parser: number): void;
  llhttp_resume_after_upgrade(parser: number): void;
  llhttp_get_error_pos(parser: number): number;
  llhttp_get_error_reason(parser: number): number;
  llhttp_errno_name(errno: number): number;
  llhttp_get_http_major(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_get_upgrade(parser: number): number;
}

/** Setters in the order of the bits of Node's lenient flags. */
const LENIENT_SETTERS = [
  'llhttp_set_lenient_headers',
  'llhttp_set_lenient_chunked_length',
  'llhttp_set_lenient_keep_alive',
  'llhttp_set_lenient_transfer_encoding',
  'llhttp_set_lenient_version',
  'llhttp_set_lenient_data_after_close',
  'llhttp_set_lenient_optional_lf_after_cr',
  'llhttp_set_lenient_optional_crlf_after_chunk',
  'llhttp_set_lenient_optional_cr_before_lf',
  'llhttp_set_lenient_spaces_after_chunk_size',
] as const;

const SCRATCH_BYTES = 65_536;

export class Llhttp {
  readonly #wasm: Exports;
  /** Parsers that were not freed. Whom they report to is not kept here: a thread outlives the machines of its runs. */
  readonly #live = new Set<number>();
  /** One input buffer for each depth of nested executes. */
  readonly #scratches: { at: number; size: number }[] = [];
  #depth = 0;
  #pieceEnd = 0;
  /** Input of the execute that runs, as text. */
  #head = new HeadText(0, 0);
  /** The parser that runs, and whom it reports to. */
  #running = 0;
  #events: ParserEvents | null = null;
  #memory: Uint8Array;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    const text = (at: number, length: number): string => {
      this.#pieceEnd = at + length;
      return this.#head.slice(this.#bytes(), at, length);
    };
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: {
        wasm_on_message_begin: (parser: number) => this.#of(parser).onMessageBegin(),
        wasm_on_url: (parser: number, at: number, length: number) => this.#of(parser).onUrl(text(at, length)),
        wasm_on_status: (parser: number, at: number, length: number) =>
          this.#of(parser).onStatus(text(at, length)),
        wasm_on_header_field: (parser: number, at: number, length: number) =>
          this.#of(parser).onHeaderField(text(at, length)),
        wasm_on_header_value: (parser: number, at: number, length: number) =>
          this.#of(parser).onHeaderValue(text(at, length)),
        wasm_on_headers_complete: (parser: number, status: number, upgrade: number, keepAlive: number) =>
          this.#of(parser).onHeadersComplete(status, upgrade === 1, keepAlive === 1),
        wasm_on_body: (parser: number, at: number, length: number) =>
          this.#of(parser).onBody(this.#view(at, length)),
        wasm_on_message_complete: (parser: number) => this.#of(parser).onMessageComplete(),
      },
    });
    this.#wasm = instance.exports as unknown as Exports;
    this.#memory = new Uint8Array(this.#wasm.memory.buffer);
  }

  alloc(type: number, lenient: number): number {
    const parser = this.#wasm.llhttp_alloc(type);
    const setters = this.#wasm as unknown as Record<string, (parser: number, on: number) => void>;
    LENIENT_SETTERS.forEach((setter, bit) => {
      if ((lenient & (1 << bit)) !== 0) setters[setter]?.(parser, 1);
    });
    this.#live.add(parser);
    return parser;
  }

  free(parser: number): void {
    this.#live.delete(parser);
    this.#wasm.llhttp_free(parser);
  }

  /** `parsed` counts the bytes before the place where the parser stopped. */
  execute(parser: number, bytes: Uint8Array, events: ParserEvents): { errno: number; parsed: number } {
    const at = this.#scratch(bytes.length);
    this.#bytes().set(bytes, at);
    const outer = this.#head;
    this.#head = new HeadText(at, bytes.length);
    this.#depth++;
    const errno = this.#reporting(parser, events, () => this.#wasm.llhttp_execute(parser, at, bytes.length));
    this.#depth--;
    this.#head = outer;
    if (errno === HPE.OK || !this.#live.has(parser)) return { errno, parsed: bytes.length };
    const parsed = this.#wasm.llhttp_get_error_pos(parser) - at;
    if (errno === HPE.PAUSED_UPGRADE) this.#wasm.llhttp_resume_after_upgrade(parser);
    return { errno, parsed };
  }

  /** Where in llhttp's memory the input lies that is being parsed: its pieces are views of it. */
  get inputAt(): number {
    return this.#scratches[this.#depth - 1]?.at ?? 0;
  }

  /** Where in the present input the last piece of a head ended. */
  get pieceEnd(): number {
    return this.#pieceEnd - this.inputAt;
  }

  finish(parser: number, events: ParserEvents): number {
    return this.#reporting(parser, events, () => this.#wasm.llhttp_finish(parser));
  }

  pause(parser: number): void {
    this.#wasm.llhttp_pause(parser);
  }

  resume(parser: number): void {
    this.#wasm.llhttp_resume(parser);
  }

  isUpgrade(parser: number): boolean {
    return this.#wasm.llhttp_get_upgrade(parser) !== 0;
  }

  head(parser: number): { major: number; minor: number; method: number } {
    return {
      major: this.#wasm.llhttp_get_http_major(parser),
      minor: this.#wasm.llhttp_get_http_minor(parser),
      method: this.#wasm.llhttp_get_method(parser),
    };
  }

  describe(parser: number, errno: number): { code: string; reason: string } {
    return {
      code: this.#text(this.#wasm.llhttp_errno_name(errno)),
      reason: this.#text(this.#wasm.llhttp_get_error_reason(parser)),
    };
  }

  /** Runs a step of the parser; one may run within another. */
  #reporting(parser: number, events: ParserEvents, step: () => number): number {
    const [outer, outerEvents] = [this.#running, this.#events];
    this.#running = parser;
    this.#events = events;
    const errno = step();
    this.#running = outer;
    this.#events = outerEvents;
    return errno;
  }

  #of(parser: number): ParserEvents {
    const events = this.#events;
    assert(events !== null && parser === this.#running, 'llhttp reports only of the parser that runs');
    return events;
  }

  #bytes(): Uint8Array {
    if (this.#memory.buffer !== this.#wasm.memory.buffer)
      this.#memory = new Uint8Array(this.#wasm.memory.buffer);
    return this.#memory;
  }

  #view(at: number, length: number): Uint8Array {
    return this.#bytes().subarray(at, at + length);
  }

  #scratch(size: number): number {
    let scratch = this.#scratches[this.#depth];
    if (scratch === undefined || scratch.size < size) {
      if (scratch !== undefined) this.#wasm.free(scratch.at);
      const wanted = Math.max(size, SCRATCH_BYTES);
      scratch = { at: this.#wasm.malloc(wanted), size: wanted };
      this.#scratches[this.#depth] = scratch;
    }
    return scratch.at;
  }

  #text(at: number): string {
    if (at === 0) return '';
    const bytes = this.#bytes();
    let end = at;
    while (bytes[end] !== 0) end++;
    return latin1Text(bytes.subarray(at, end));
  }
}

const instances = new Map<string, Llhttp>();

/** The thread's llhttp; `hex` is its WebAssembly. */
export function llhttpOf(hex: string): Llhttp {
  let instance = instances.get(hex);
  if (instance === undefined) {
    instance = new Llhttp(hexBytes(hex));
    instances.set(hex, instance);
  }
  return instance;
}
