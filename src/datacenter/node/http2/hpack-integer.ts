// Integers and strings of HPACK (RFC 7541, section 5), and the error of a header block that cannot be read.
// Refuses integers past 32 bits. Called by hpack-encoder.ts and hpack-decoder.ts.

/** The block cannot be read: the connection ends with COMPRESSION_ERROR. */
export class HpackError extends Error {}

const CONTINUES = 0x80;
const INTEGER_MAX = 0xff_ff_ff_ff;

/** Appends `value` with a prefix of so many bits; `flags` stand before it in the first byte. */
export function encodeInteger(value: number, prefixBits: number, flags: number, into: number[]): void {
  const most = 2 ** prefixBits - 1;
  if (value < most) {
    into.push(flags | value);
    return;
  }
  into.push(flags | most);
  let rest = value - most;
  for (; rest >= CONTINUES; rest = Math.floor(rest / CONTINUES)) into.push((rest % CONTINUES) | CONTINUES);
  into.push(rest);
}

/** Where a reader is in a header block. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

export function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new HpackError('expected more of the header block, found its end');
  return byte;
}

/** Reads an integer whose first byte is at the cursor. */
export function decodeInteger(cursor: Cursor, prefixBits: number): number {
  const most = 2 ** prefixBits - 1;
  let value = nextByte(cursor) & most;
  if (value < most) return value;
  for (let scale = 1; ; scale *= CONTINUES) {
    const byte = nextByte(cursor);
    value += (byte % CONTINUES) * scale;
    if (value > INTEGER_MAX) throw new HpackError(`expected an integer of 32 bits, found ${value} or more`);
    if (byte < CONTINUES) return value;
  }
}
