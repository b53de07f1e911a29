// What a message may cost before it is refused: bytes and lines of its head, bytes of chunk extensions. As Node's
// native side counts them, but for extensions: our llhttp does not report them, so what lies between two pieces of a
// body counts, with the few bytes of the chunk's size. One for each parser; called by http-parser.ts.

export const HEADER_BYTES_MAX = 16 * 1024;
const EXTENSION_BYTES_MAX = 16 * 1024;
/** Ends of lines, a chunk's size and its semicolon. */
const CHUNK_LINE_BYTES = 24;

export interface Overflow {
  readonly code: string;
  readonly reason: string;
}

const HEADERS: Overflow = { code: 'HPE_HEADER_OVERFLOW', reason: 'Header overflow' };
const EXTENSIONS: Overflow = {
  code: 'HPE_CHUNK_EXTENSIONS_OVERFLOW',
  reason: 'Chunk extensions overflow',
};

export class ParserLimits {
  headerBytesMax = HEADER_BYTES_MAX;
  #headerBytes = 0;
  #lines = 0;
  #isInBody = false;
  /** Bytes since the last piece of body in inputs before this one, and where it ended in this one. */
  #betweenBytes = 0;
  #pieceEnd = 0;

  messageBegins(): void {
    this.#headerBytes = 0;
    this.#lines = 0;
    this.#isInBody = false;
  }

  headBytes(count: number): Overflow | null {
    this.#headerBytes += count;
    return this.#headerBytes < this.headerBytesMax ? null : HEADERS;
  }

  /** A header's name begins; `linesMax` 0 or less allows any number. */
  line(linesMax: number): Overflow | null {
    this.#lines++;
    return linesMax > 0 && this.#lines > linesMax ? HEADERS : null;
  }

  /** Something of the message that is no chunk's line ended at this place of the present input. */
  reached(end: number): void {
    this.#betweenBytes = 0;
    this.#pieceEnd = end;
  }

  headEnds(): void {
    this.#headerBytes = 0;
    this.#isInBody = true;
  }

  body(start: number, length: number): Overflow | null {
    const overflow = this.#checked(this.#betweenBytes + start - this.#pieceEnd);
    this.reached(start + length);
    return overflow;
  }

  /** In `input`, null where the connection's end is the message's: after the empty line that follows its last piece. */
  messageEnds(input: Uint8Array | null): Overflow | null {
    const isInBody = this.#isInBody;
    this.#isInBody = false;
    if (!isInBody || input === null) return null;
    if (this.#betweenBytes + input.length - this.#pieceEnd <= EXTENSION_BYTES_MAX) return null;
    let end = this.#pieceEnd;
    while (end < input.length && !(input[end] === 13 && input[end + 1] === 10 && input[end + 2] === 13))
      end++;
    return this.#checked(this.#betweenBytes + end - this.#pieceEnd);
  }

  /** The present input was parsed whole. */
  inputEnds(length: number): Overflow | null {
    if (this.#isInBody) this.#betweenBytes += length - this.#pieceEnd;
    this.#pieceEnd = 0;
    return this.#isInBody ? this.#checked(this.#betweenBytes) : null;
  }

  #checked(between: number): Overflow | null {
    return between > EXTENSION_BYTES_MAX + CHUNK_LINE_BYTES ? EXTENSIONS : null;
  }
}
