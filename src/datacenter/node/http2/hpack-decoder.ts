// Reads header blocks (RFC 7541, sections 3 and 6). Refuses with HpackError: numbers that no table has, sizes past
// what was allowed or in the middle of a block, texts that are cut or too long. Used by the session.
import { type Cursor, decodeInteger, HpackError } from './hpack-integer.ts';
import { type HeaderField, HeaderTable, TABLE_BYTES_DEFAULT } from './hpack-table.ts';
import { huffmanDecode } from './huffman.ts';

const INDEXED = 0x80;
const WITH_INDEXING = 0x40;
const SIZE_UPDATE = 0x20;
const NEVER_INDEXED = 0x10;
const HUFFMAN = 0x80;
const TEXT_BYTES_MAX = 65_536;

export class HpackDecoder {
  readonly #table = new HeaderTable();
  #bytesAllowed = TABLE_BYTES_DEFAULT;
  /** The size was brought down below the table's: the next block must begin with an update. */
  #mustUpdate = false;

  get tableBytes(): number {
    return this.#table.bytes;
  }

  /** We allow a table of so many bytes, and the peer knows it. */
  allow(bytes: number): void {
    this.#bytesAllowed = bytes;
    if (bytes >= this.#table.bytesMax) return;
    this.#mustUpdate = true;
    this.#table.resize(bytes);
  }

  decode(bytes: Uint8Array): HeaderField[] {
    const cursor: Cursor = { bytes, at: 0 };
    const fields: HeaderField[] = [];
    while (cursor.at < bytes.length) {
      const first = bytes[cursor.at] ?? 0;
      const isUpdate = (first & 0xe0) === SIZE_UPDATE;
      if (isUpdate && fields.length === 0) this.#update(decodeInteger(cursor, 5));
      else if (isUpdate || this.#mustUpdate)
        throw new HpackError('expected a size update at the start of the block, found none there');
      else fields.push(this.#field(first, cursor));
    }
    return fields;
  }

  #update(bytes: number): void {
    if (bytes > this.#bytesAllowed)
      throw new HpackError(`expected a table of ${this.#bytesAllowed} bytes at most, found ${bytes}`);
    this.#mustUpdate = false;
    this.#table.resize(bytes);
  }

  #field(first: number, cursor: Cursor): HeaderField {
    if ((first & INDEXED) !== 0) return this.#at(decodeInteger(cursor, 7));
    const isIndexing = (first & WITH_INDEXING) !== 0;
    const index = decodeInteger(cursor, isIndexing ? 6 : 4);
    const name = index === 0 ? textAt(cursor) : this.#at(index).name;
    const value = textAt(cursor);
    if (isIndexing) this.#table.add({ name, value });
    return !isIndexing && (first & NEVER_INDEXED) !== 0
      ? { name, value, isSensitive: true }
      : { name, value };
  }

  #at(index: number): HeaderField {
    const field = this.#table.at(index);
    if (field === undefined) throw new HpackError(`expected the number of a field, found ${index}`);
    return field;
  }
}

function textAt(cursor: Cursor): string {
  const isHuffman = ((cursor.bytes[cursor.at] ?? 0) & HUFFMAN) !== 0;
  const length = decodeInteger(cursor, 7);
  const end = cursor.at + length;
  if (end > cursor.bytes.length || length > TEXT_BYTES_MAX)
    throw new HpackError(`expected a text of ${length} bytes, found fewer, or more than a header may have`);
  const bytes = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  if (isHuffman) return huffmanDecode(bytes);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
