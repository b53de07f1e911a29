// Writes header blocks (RFC 7541, section 6). Chooses what to put into the table as nghttp2 does, so that blocks are
// those of a real Node; texts are Huffman-encoded where that is shorter. Used by the session for all it sends.
import { encodeInteger } from './hpack-integer.ts';
import { type HeaderField, HeaderTable, sizeOf, TABLE_BYTES_DEFAULT } from './hpack-table.ts';
import { huffmanEncode, huffmanLength } from './huffman.ts';

const INDEXED = 0x80;
const WITH_INDEXING = 0x40;
const SIZE_UPDATE = 0x20;
const NEVER_INDEXED = 0x10;
const WITHOUT_INDEXING = 0;
const HUFFMAN = 0x80;

/** Seldom twice the same: not worth a place in the table. */
const PASSING = new Set([
  ':path',
  'age',
  'content-length',
  'etag',
  'if-modified-since',
  'if-none-match',
  'location',
  'set-cookie',
]);
/** Shorter ones could be guessed by somebody who sees lengths. */
const COOKIE_LENGTH_MIN = 20;

export class HpackEncoder {
  readonly #table = new HeaderTable();
  readonly #bytesMax: number;
  /** Smallest size that was set since the last block: it must be told before the present one. */
  #smallest: number | null = null;

  /** `bytesMax`: how large a table to keep at most, whatever the peer allows. */
  constructor(bytesMax = TABLE_BYTES_DEFAULT) {
    this.#bytesMax = bytesMax;
    if (bytesMax < TABLE_BYTES_DEFAULT) this.allow(bytesMax);
  }

  get tableBytes(): number {
    return this.#table.bytes;
  }

  /** The peer allows a table of so many bytes; the next block says which size it is. */
  allow(bytes: number): void {
    const bytesMax = Math.min(bytes, this.#bytesMax);
    this.#smallest = Math.min(this.#smallest ?? bytesMax, bytesMax);
    this.#table.resize(bytesMax);
  }

  encode(fields: readonly HeaderField[]): Uint8Array {
    const block: number[] = [];
    this.#tellSize(block);
    for (const field of fields) this.#encodeField(field, block);
    return Uint8Array.from(block);
  }

  #tellSize(block: number[]): void {
    const smallest = this.#smallest;
    if (smallest === null) return;
    this.#smallest = null;
    if (smallest < this.#table.bytesMax) encodeInteger(smallest, 5, SIZE_UPDATE, block);
    encodeInteger(this.#table.bytesMax, 5, SIZE_UPDATE, block);
  }

  #encodeField(field: HeaderField, block: number[]): void {
    const form = this.#formOf(field);
    const found = this.#table.find(field);
    if (found?.isExact === true && form !== NEVER_INDEXED) {
      encodeInteger(found.index, 7, INDEXED, block);
      return;
    }
    encodeInteger(found?.index ?? 0, form === WITH_INDEXING ? 6 : 4, form, block);
    if (found === null) encodeText(field.name, block);
    encodeText(field.value, block);
    if (form === WITH_INDEXING) this.#table.add(field);
  }

  #formOf(field: HeaderField): number {
    const { name, value } = field;
    const isSecret = name === 'authorization' || (name === 'cookie' && value.length < COOKIE_LENGTH_MIN);
    if (isSecret || field.isSensitive === true) return NEVER_INDEXED;
    const isLarge = sizeOf(field) > (this.#table.bytesMax * 3) / 4;
    return isLarge || PASSING.has(name) ? WITHOUT_INDEXING : WITH_INDEXING;
  }
}

function encodeText(text: string, block: number[]): void {
  const length = huffmanLength(text);
  if (length < text.length) {
    encodeInteger(length, 7, HUFFMAN, block);
    huffmanEncode(text, block);
    return;
  }
  encodeInteger(text.length, 7, 0, block);
  for (let at = 0; at < text.length; at++) block.push(text.charCodeAt(at) & 0xff);
}
