// The native half of Buffer: slices to text, writes of text, search, compare, fill.
// Called by registry.ts. Numbers of encodings are those of Node's `enum encoding`.

import type { Binding, Realm } from '../realm.ts';
import {
  asciiText,
  base64Bytes,
  base64Text,
  hexBytes,
  hexText,
  latin1Bytes,
  latin1Text,
  ucs2Bytes,
  ucs2Text,
  utf8Bytes,
  utf8Length,
  utf8Text,
} from '../text.ts';

/** `enum encoding` of node.h: ASCII, UTF8, BASE64, UCS2, BINARY (latin1), HEX, BUFFER, BASE64URL. */
const ENCODERS: readonly ((text: string) => Uint8Array<ArrayBuffer>)[] = [
  latin1Bytes,
  utf8Bytes,
  base64Bytes,
  ucs2Bytes,
  latin1Bytes,
  hexBytes,
  utf8Bytes,
  base64Bytes,
];
const UCS2 = 3;

const encoders: Readonly<Record<string, (text: string) => Uint8Array<ArrayBuffer>>> = {
  utf8: utf8Bytes,
  'utf-8': utf8Bytes,
  ucs2: ucs2Bytes,
  'ucs-2': ucs2Bytes,
  utf16le: ucs2Bytes,
  'utf-16le': ucs2Bytes,
  latin1: latin1Bytes,
  binary: latin1Bytes,
  ascii: latin1Bytes,
  hex: hexBytes,
  base64: base64Bytes,
  base64url: base64Bytes,
};

const asBytes = (view: ArrayBufferView | ArrayBuffer): Uint8Array =>
  view instanceof Uint8Array
    ? view
    : ArrayBuffer.isView(view)
      ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      : new Uint8Array(view);

function outOfBounds(): RangeError {
  return Object.assign(new RangeError('Index out of range'), { code: 'ERR_OUT_OF_RANGE' });
}

function notText(): TypeError {
  return Object.assign(new TypeError('argument must be a string'), { code: 'ERR_INVALID_ARG_TYPE' });
}

/** A function of buffer.xSlice's shape: (buffer, start, end). */
function slicer(
  toText: (bytes: Uint8Array) => string,
): (buffer: Uint8Array, start?: number, end?: number) => string {
  return (buffer, start = 0, end = buffer.length) => {
    if (start > buffer.length || end > buffer.length) throw outOfBounds();
    return end <= start ? '' : toText(buffer.subarray(start, end));
  };
}

/** A function of buffer.xWrite's shape; `unit` bytes belong together and are never cut. */
function writer(toBytes: (text: string) => Uint8Array, unit = 1) {
  return (buffer: Uint8Array, text: string, offset = 0, length = buffer.length - offset): number => {
    if (typeof text !== 'string') throw notText();
    if (offset > buffer.length)
      throw Object.assign(new RangeError('"offset" is outside of buffer bounds'), {
        code: 'ERR_BUFFER_OUT_OF_BOUNDS',
      });
    const room = Math.min(length, buffer.length - offset);
    const bytes = toBytes(text);
    let count = Math.min(bytes.length, room);
    count -= count % unit;
    buffer.set(bytes.subarray(0, count), offset);
    return count;
  };
}

/** Whole characters only, as Node writes UTF-8. */
function writeUtf8(buffer: Uint8Array, text: string, offset = 0, length = buffer.length - offset): number {
  if (typeof text !== 'string') throw notText();
  const room = buffer.subarray(offset, offset + Math.min(length, buffer.length - offset));
  return new TextEncoder().encodeInto(text, room).written;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

/** First (or, backwards, last) place of `needle` at or after (before) `offset`; -1 where there is none. */
function indexOf(
  hay: Uint8Array,
  needle: Uint8Array,
  byteOffset: number,
  forward: boolean,
  step: number,
): number {
  let at = byteOffset < 0 ? byteOffset + hay.length : byteOffset;
  if (at < 0) {
    if (!forward) return -1;
    at = 0;
  }
  if (at > hay.length) {
    if (forward && needle.length > 0) return -1;
    at = hay.length;
  }
  if (needle.length === 0) return at;
  if (needle.length < step) return -1;
  const last = hay.length - needle.length;
  if (last < 0) return -1;
  if (!forward) at = Math.min(at, last);
  // UTF-16 is searched by units: from the one that the offset lies in.
  at -= at % step;
  for (; forward ? at <= last : at >= 0; at += forward ? step : -step) {
    let i = 0;
    while (i < needle.length && hay[at + i] === needle[i]) i++;
    if (i === needle.length) return at;
  }
  return -1;
}

/** -1: past the end; -2: nothing to fill with. */
function fill(
  buffer: Uint8Array,
  value: unknown,
  start: number,
  end: number,
  encoding = 'utf8',
): number | undefined {
  if (start < 0 || end < 0) throw outOfBounds();
  if (start > end || end > buffer.byteLength) return -2;
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    buffer.fill(Number(value) & 255, start, end);
    return undefined;
  }
  const pattern =
    typeof value === 'string' ? (encoders[encoding.toLowerCase()] ?? utf8Bytes)(value) : asBytes(value);
  if (pattern.length === 0) return -1;
  for (let at = start; at < end; at += pattern.length)
    buffer.set(pattern.subarray(0, Math.min(pattern.length, end - at)), at);
  return undefined;
}

function swap(size: number): (buffer: Uint8Array) => Uint8Array {
  return (buffer) => {
    for (let at = 0; at + size <= buffer.length; at += size) buffer.subarray(at, at + size).reverse();
    return buffer;
  };
}

const isAscii = (view: Uint8Array): boolean =>
  view.byteLength === 0 || asBytes(view).every((byte) => byte < 128);

function isUtf8(view: Uint8Array): boolean {
  try {
    // What is detached has no bytes, and could not be looked at.
    if (view.byteLength > 0) new TextDecoder('utf-8', { fatal: true }).decode(asBytes(view));
    return true;
  } catch {
    return false;
  }
}

/** -1: a character outside latin1. */
function btoaText(text: string): string | number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return -1;
  return base64Text(latin1Bytes(text));
}

/** -2: a character that is not valid; -1: one is left over. */
function atobText(text: string): string | number {
  const bare = text.replaceAll(/[\t\n\f\r ]/g, '');
  const body = bare.length % 4 === 0 ? bare.replace(/={1,2}$/, '') : bare;
  if (/[^A-Za-z0-9+/]/.test(body)) return -2;
  return body.length % 4 === 1 ? -1 : latin1Text(base64Bytes(body));
}

function copy(
  source: Uint8Array,
  target: Uint8Array,
  targetStart: number,
  sourceStart: number,
  count: number,
): number {
  asBytes(target).set(asBytes(source).subarray(sourceStart, sourceStart + count), targetStart);
  return count;
}

export const buffer = (realm: Realm): Binding => ({
  ...realm.library.data('buffer'),
  asciiSlice: slicer(asciiText),
  base64Slice: slicer((bytes) => base64Text(bytes)),
  base64urlSlice: slicer((bytes) => base64Text(bytes, true)),
  latin1Slice: slicer(latin1Text),
  hexSlice: slicer(hexText),
  ucs2Slice: slicer(ucs2Text),
  utf8Slice: slicer(utf8Text),
  base64Write: writer(base64Bytes),
  base64urlWrite: writer(base64Bytes),
  hexWrite: writer(hexBytes),
  ucs2Write: writer(ucs2Bytes, 2),
  asciiWriteStatic: writer(latin1Bytes),
  latin1WriteStatic: writer(latin1Bytes),
  utf8WriteStatic: writeUtf8,
  byteLengthUtf8: utf8Length,
  copy,
  copyArrayBuffer: (
    to: ArrayBuffer,
    toOffset: number,
    from: ArrayBuffer,
    fromOffset: number,
    count: number,
  ) => void new Uint8Array(to, toOffset, count).set(new Uint8Array(from, fromOffset, count)),
  compare: (a: Uint8Array, b: Uint8Array) => compareBytes(asBytes(a), asBytes(b)),
  compareOffset: (
    a: Uint8Array,
    b: Uint8Array,
    bStart: number,
    aStart: number,
    bEnd: number,
    aEnd: number,
  ) => {
    if (aStart > a.length || bStart > b.length) throw outOfBounds();
    return compareBytes(a.subarray(aStart, aEnd), b.subarray(bStart, bEnd));
  },
  fill,
  indexOfString: (hay: Uint8Array, text: string, offset: number, encoding: number, forward: boolean) =>
    indexOf(hay, (ENCODERS[encoding] ?? utf8Bytes)(text), offset, forward, encoding === UCS2 ? 2 : 1),
  indexOfBuffer: (hay: Uint8Array, needle: Uint8Array, offset: number, encoding: number, forward: boolean) =>
    indexOf(hay, asBytes(needle), offset, forward, encoding === UCS2 ? 2 : 1),
  indexOfNumber: (hay: Uint8Array, value: number, offset: number, forward: boolean) =>
    indexOf(hay, Uint8Array.of(value & 255), offset, forward, 1),
  swap16: swap(2),
  swap32: swap(4),
  swap64: swap(8),
  isAscii,
  isUtf8,
  btoa: btoaText,
  atob: atobText,
  createUnsafeArrayBuffer: (size: number) => {
    const made = new ArrayBuffer(size);
    realm.process.memory.hold(size);
    return made;
  },
  setDetachKey: () => undefined,
});
