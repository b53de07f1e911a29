// Reads commands out of bytes, in whatever pieces these come: arrays of bulk strings (RESP), or lines of words (inline).
// A string here holds one byte in each character, so keys and values may be anything. Throws ProtocolError, worded as
// Redis words it; its caller answers that and closes the connection. Used by cache.ts.
// https://redis.io/docs/latest/develop/reference/protocol-spec/
import { splitWords } from './inline.ts';

/** Redis allows lines of 64 KiB, too; a bulk string of 512 MB, a million words, and 1 GB altogether. */
export const limits = {
  lineBytes: 64 * 1024,
  bulkBytes: 1024 * 1024,
  words: 65_536,
  commandBytes: 4 * 1024 * 1024,
};

export class ProtocolError extends Error {}

const CR = 13;
const STAR = 42;
const none = Buffer.alloc(0);

export class CommandReader {
  #bytes: Buffer = none;
  #at = 0;
  /** Arrived and not yet joined to `#bytes`: joining at each piece would copy a long string again and again. */
  #later: Buffer[] = [];
  #laterBytes = 0;
  /** The command that is being read: its words so far, how many are missing, length of the next (-1: not known). */
  #words: string[] = [];
  #missing = 0;
  #length = -1;
  #size = 0;

  push(piece: Buffer): void {
    this.#later.push(piece);
    this.#laterBytes += piece.length;
  }

  /** The next whole command, at least one word; undefined until more bytes come. */
  next(): string[] | undefined {
    while (this.#missing === 0) {
      if (!this.#has(1)) return undefined;
      const isArray = this.#bytes[this.#at] === STAR;
      const line = this.#line(isArray ? 'mbulk count string' : 'inline request', isArray);
      if (line === undefined) return undefined;
      if (isArray) this.#begin(line.slice(1));
      else {
        const words = splitWords(line.replace(/\r$/, ''));
        if (words === undefined) throw new ProtocolError('unbalanced quotes in request');
        if (words.length > 0) return words;
      }
    }
    while (this.#missing > 0) if (!this.#word()) return undefined;
    return this.#words;
  }

  #begin(text: string): void {
    const count = wholeNumber(text);
    if (count === undefined || count > limits.words) throw new ProtocolError('invalid multibulk length');
    this.#missing = Math.max(0, count);
    this.#words = [];
    this.#size = 0;
  }

  /** Reads one bulk string; false while not all of it is there. */
  #word(): boolean {
    if (this.#length < 0) {
      const line = this.#line('bulk count string', true);
      if (line === undefined) return false;
      if (line[0] !== '$') throw new ProtocolError(`expected '$', got '${line[0] ?? '\r'}'`);
      const length = wholeNumber(line.slice(1));
      const most = Math.min(limits.bulkBytes, limits.commandBytes - this.#size);
      if (length === undefined || length < 0 || length > most) throw new ProtocolError('invalid bulk length');
      this.#length = length;
      this.#size += length;
    }
    if (!this.#has(this.#length + 2)) return false;
    const end = this.#at + this.#length;
    this.#words.push(this.#bytes.toString('latin1', this.#at, end));
    this.#at = end + 2; // As in Redis, the two bytes that end it are not looked at.
    this.#missing--;
    this.#length = -1;
    return true;
  }

  /** Up to the end of the line; undefined while that is not there. */
  #line(what: string, endsInCrLf: boolean): string | undefined {
    this.#has(this.#bytes.length - this.#at + this.#laterBytes);
    const end = endsInCrLf ? this.#crLf() : this.#bytes.indexOf(10, this.#at);
    const length = (end < 0 ? this.#bytes.length : end) - this.#at;
    if (length > limits.lineBytes) throw new ProtocolError(`too big ${what}`);
    if (end < 0) return undefined;
    const line = this.#bytes.toString('latin1', this.#at, end);
    this.#at = end + (endsInCrLf ? 2 : 1);
    return line;
  }

  /** As Redis does, takes any CR that has one more byte after it for the end of a line. */
  #crLf(): number {
    const end = this.#bytes.indexOf(CR, this.#at);
    return end + 1 < this.#bytes.length ? end : -1;
  }

  /** Whether so many bytes are there, and joins them if they are. */
  #has(count: number): boolean {
    const there = this.#bytes.length - this.#at;
    if (there >= count && this.#laterBytes === 0) return true;
    if (there + this.#laterBytes < count) return false;
    if (there >= count && count > 0) return true;
    this.#bytes = Buffer.concat([this.#bytes.subarray(this.#at), ...this.#later]);
    this.#at = 0;
    this.#later = [];
    this.#laterBytes = 0;
    return true;
  }
}

/** A whole number written as numbers are written, of at most 18 digits; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  return /^(?:0|-?[1-9]\d{0,17})$/.test(text) ? Number(text) : undefined;
}
