// StringDecoder: characters that come in pieces. Follows Node's native side step by step, odd cases included.
// State lies in a small buffer that the library owns. Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';
import { asciiText, base64Text, hexText, latin1Text, ucs2Text, utf8Text } from '../text.ts';

// Places in the state: up to four bytes of a character that is not complete, how many are missing, how many
// are there, and the encoding.
const MISSING = 4;
const BUFFERED = 5;
const ENCODING = 6;

const UTF8 = 1;
const UCS2 = 3;
const BASE64URL = 7;

const wholeTexts: Readonly<Record<number, (bytes: Uint8Array) => string>> = {
  0: asciiText,
  4: latin1Text,
  5: hexText,
};

function textOf(encoding: number, bytes: Uint8Array): string {
  if (encoding === UTF8) return utf8Text(bytes);
  if (encoding === UCS2) return ucs2Text(bytes);
  return base64Text(bytes, encoding === BASE64URL);
}

const isContinuation = (byte: number | undefined): boolean => ((byte ?? 0) & 0xc0) === 0x80;

/** Adds to the character that waits; gives how many bytes it took. */
function complete(state: Uint8Array, bytes: Uint8Array): number {
  let missing = state[MISSING] ?? 0;
  let take = Math.min(bytes.length, missing);
  if (state[ENCODING] === UTF8) {
    for (let i = 0; i < take; i++) {
      if (isContinuation(bytes[i])) continue;
      // Not what should follow: the character stays broken, and a new one begins here.
      take = i;
      missing = i;
      break;
    }
  }
  const buffered = state[BUFFERED] ?? 0;
  state.set(bytes.subarray(0, take), buffered);
  state[BUFFERED] = buffered + take;
  state[MISSING] = missing - take;
  return take;
}

/** Notes in the state how many bytes at the end wait for more, and how many they miss. */
function holdBack(state: Uint8Array, bytes: Uint8Array): void {
  const { length } = bytes;
  const last = bytes[length - 1] ?? 0;
  let held = 0;
  let missing = 0;
  if (state[ENCODING] === UTF8) {
    let back = 1;
    while (back <= 4 && back < length && isContinuation(bytes[length - back])) back++;
    const lead = bytes[length - back] ?? 0;
    const size = (lead & 0xe0) === 0xc0 ? 2 : (lead & 0xf0) === 0xe0 ? 3 : (lead & 0xf8) === 0xf0 ? 4 : 0;
    if (last >= 0x80 && size > back) [held, missing] = [back, size - back];
  } else if (state[ENCODING] === UCS2) {
    if (length % 2 === 1) [held, missing] = [1, 1];
    else if ((last & 0xfc) === 0xd8) [held, missing] = [2, 2];
  } else {
    held = length % 3;
    missing = held === 0 ? 0 : 3 - held;
  }
  state.set(bytes.subarray(length - held));
  state[BUFFERED] = held;
  state[MISSING] = missing;
}

function decode(state: Uint8Array, chunk: ArrayBufferView): string {
  let bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const encoding = state[ENCODING] ?? 0;
  const whole = wholeTexts[encoding];
  if (whole !== undefined) return whole(bytes);
  let first = '';
  if ((state[MISSING] ?? 0) > 0) {
    bytes = bytes.subarray(complete(state, bytes));
    if (state[MISSING] === 0) {
      first = textOf(encoding, state.slice(0, state[BUFFERED]));
      state[BUFFERED] = 0;
    }
  }
  if (bytes.length === 0) return first;
  holdBack(state, bytes);
  return first + textOf(encoding, bytes.subarray(0, bytes.length - (state[BUFFERED] ?? 0)));
}

function flush(state: Uint8Array): string {
  const encoding = state[ENCODING] ?? 0;
  let held = state[BUFFERED] ?? 0;
  if (encoding === UCS2) held -= held % 2;
  state[BUFFERED] = 0;
  state[MISSING] = 0;
  return held === 0 || wholeTexts[encoding] !== undefined ? '' : textOf(encoding, state.slice(0, held));
}

export const stringDecoder = (realm: Realm): Binding => ({
  ...realm.library.data('string_decoder'),
  decode,
  flush,
});
