// Text to bytes and back in Node's encodings, where hosts have no call for it that behaves as Node's does.
// Pure. Called by bindings/buffer.ts, bindings/encoding.ts and the stream bindings.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longest piece given to String.fromCharCode at once: engines limit the number of arguments. */
const PIECE = 8192;

export const utf8Bytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** From here on a call of the host's encoder costs less than a loop. */
const LONG = 64;

export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  if (text.length >= LONG) {
    const encoded = encoder.encode(text);
    // As many bytes as units: all of it is ASCII, which is the same in both.
    if (encoded.length === text.length) return encoded;
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

export function ucs2Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[i * 2] = unit & 255;
    bytes[i * 2 + 1] = unit >> 8;
  }
  return bytes;
}

/** Bytes up to the first pair that is not hexadecimal. */
export function hexBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const value = (hexValue(text.charCodeAt(i * 2)) << 4) | hexValue(text.charCodeAt(i * 2 + 1));
    if (value < 0) return bytes.slice(0, i);
    bytes[i] = value;
  }
  return bytes;
}

/** Of a digit; -1 for all else. */
function hexValue(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64URL_DIGITS = `${BASE64_DIGITS.slice(0, 62)}-_`;
const BASE64_VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < 64; i++) {
  BASE64_VALUES[BASE64_DIGITS.charCodeAt(i)] = i;
  BASE64_VALUES[BASE64URL_DIGITS.charCodeAt(i)] = i;
}

/** Lenient, as Node's decoder: both alphabets, other characters skipped, stops at `=`. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 61) break;
    // Node looks at the low byte only.
    const value = BASE64_VALUES[unit & 255] ?? -1;
    if (value < 0) continue;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bytes.slice(0, at);
}

export const utf8Text = (bytes: Uint8Array): string =>
  bytes.length < 24 ? shortUtf8(bytes) : decoder.decode(bytes);

/** Short ASCII without the decoder's cost. */
function shortUtf8(bytes: Uint8Array): string {
  for (const byte of bytes) if (byte > 127) return decoder.decode(bytes);
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

export function latin1Text(bytes: Uint8Array): string {
  if (bytes.length <= PIECE) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += latin1Text(bytes.subarray(at, at + PIECE));
  return text;
}

export function asciiText(bytes: Uint8Array): string {
  return latin1Text(bytes.map((byte) => byte & 127));
}

export function ucs2Text(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length >> 1);
  for (let i = 0; i < units.length; i++) units[i] = (bytes[i * 2] ?? 0) | ((bytes[i * 2 + 1] ?? 0) << 8);
  let text = '';
  for (let at = 0; at < units.length; at += PIECE) {
    text += String.fromCharCode.apply(null, units.subarray(at, at + PIECE) as unknown as number[]);
  }
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

export function base64Text(bytes: Uint8Array, url = false): string {
  const digits = url ? BASE64URL_DIGITS : BASE64_DIGITS;
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const held = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += digits.charAt(held >> 18) + digits.charAt((held >> 12) & 63);
    if (left > 1) text += digits.charAt((held >> 6) & 63);
    if (left > 2) text += digits.charAt(held & 63);
    if (left < 3 && !url) text += left === 2 ? '=' : '==';
  }
  return text;
}

/** UTF-8 length in bytes without encoding; a lone surrogate counts as the three bytes of U+FFFD. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(i + 1);
      // A pair is four bytes for two units.
      if (next >= 0xdc00 && next < 0xe000) i++;
    }
  }
  return length;
}
