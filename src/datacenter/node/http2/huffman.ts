// The Huffman code of HPACK (RFC 7541, section 5.2 and appendix B). The code is canonical: lengths alone tell it.
// Texts are Latin-1: a character a byte. Refuses padding that is not the beginning of EOS. Called by hpack-*.ts.
import { HpackError } from './hpack-integer.ts';

/** Bits of the code of each byte from 0, and of EOS: counts of equal lengths that follow one another. */
const LENGTH_RUNS =
  '13 23 28*7 24 30 28*2 30 28*8 30 28*9 6 10*2 12 13 6 8 11 10*2 8 11 8 6*3 5*3 6*7 7 8 15 6 12 10 13 6 7*22 8 7 8 ' +
  '13 19 13 14 6 15 5 6 5 6 5 6*3 5 7*2 6*3 5 6 7 6 5*2 6 7*5 15 11 14 13 28 20 22 20*2 22*3 23 22 23*5 24 23 24*2 ' +
  '22 23 24 23*4 21 22 23 22 23*2 24 22 21 20 22*2 23*2 21 23 22*2 24 21 22 23*2 21*2 22 21 23 22 23*2 20 22*3 23 ' +
  '22*2 23 26*2 20 19 22 23 22 25 26*3 27*2 26 24 25 19 21 26 27*2 26 27 24 21*2 26*2 28 27*3 20 24 20 21 22 21*2 23 ' +
  '22*2 25*2 24*2 26 23 26 27 26*2 27*5 28 27*5 26 30';
const EOS = 256;
const LONGEST = 30;
const PADDING_BITS_MAX = 7;

const lengths: number[] = LENGTH_RUNS.split(' ').flatMap((run) => {
  const [length = '', times = '1'] = run.split('*');
  return new Array<number>(Number(times)).fill(Number(length));
});
const codes = new Array<number>(EOS + 1).fill(0);
/** By length: the first code of that length, and the symbols that have one, in order. */
const firstCodes: number[] = [];
const symbols: number[][] = [];

let next = 0;
for (let length = 1; length <= LONGEST; length++) {
  next *= 2;
  firstCodes[length] = next;
  const having = lengths.flatMap((each, symbol) => (each === length ? [symbol] : []));
  symbols[length] = having;
  for (const symbol of having) codes[symbol] = next++;
}

/** Bytes that the text takes once encoded. */
export function huffmanLength(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits += lengths[text.charCodeAt(at)] ?? 0;
  return Math.ceil(bits / 8);
}

/** Appends the encoded text. */
export function huffmanEncode(text: string, into: number[]): void {
  let pending = 0;
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const symbol = text.charCodeAt(at);
    const length = lengths[symbol] ?? 0;
    // At most 37 bits: more than a 32-bit integer holds, so by multiplication.
    pending = pending * 2 ** length + (codes[symbol] ?? 0);
    bits += length;
    while (bits >= 8) {
      bits -= 8;
      const byte = Math.floor(pending / 2 ** bits);
      into.push(byte);
      pending -= byte * 2 ** bits;
    }
  }
  if (bits > 0) into.push(pending * 2 ** (8 - bits) + 2 ** (8 - bits) - 1);
}

/** Throws HpackError for EOS in the text and for padding that is too long or not all ones. */
export function huffmanDecode(bytes: Uint8Array): string {
  let text = '';
  let code = 0;
  let length = 0;
  let areAllOnes = true;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const one = (byte >> bit) & 1;
      code = code * 2 + one;
      length++;
      areAllOnes &&= one === 1;
      const symbol = symbols[length]?.[code - (firstCodes[length] ?? 0)];
      if (symbol === undefined) continue;
      if (symbol === EOS) throw new HpackError('expected text, found EOS in it');
      text += String.fromCharCode(symbol);
      code = 0;
      length = 0;
      areAllOnes = true;
    }
  }
  if (length > PADDING_BITS_MAX || !areAllOnes)
    throw new HpackError('expected at most seven ones of padding, found other bits');
  return text;
}
