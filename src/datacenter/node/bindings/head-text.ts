// The bytes that llhttp parses, as text: made once, and cut for each name and value. Latin-1, as Node reads heads.
// Only the front of the input is kept so, for a long input is a body. Called by llhttp.ts alone.
import { latin1Text } from '../text.ts';

/** Heads are shorter, nearly always. */
const FRONT_BYTES = 2048;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class HeadText {
  readonly #start: number;
  readonly #end: number;
  #text: string | null = null;

  /** The input's place in memory. */
  constructor(start: number, length: number) {
    this.#start = start;
    this.#end = start + Math.min(length, FRONT_BYTES);
  }

  /** `length` bytes of the memory from `at`. */
  slice(memory: Uint8Array, at: number, length: number): string {
    if (at < this.#start || at + length > this.#end) return latin1Text(memory.subarray(at, at + length));
    this.#text ??= textOf(memory.subarray(this.#start, this.#end));
    return this.#text.slice(at - this.#start, at - this.#start + length);
  }
}

/** The host's decoder is fast, and says the same where all is ASCII. */
function textOf(bytes: Uint8Array): string {
  for (let at = 0; at < bytes.length; at++) if ((bytes[at] as number) > 127) return latin1Text(bytes);
  return decoder.decode(bytes);
}
