// Numbers of the HTTP parser's callbacks and flags, as Node's library knows them, and what it is given.
// Called by http-parser.ts and http-parser-binding.ts.
import type { Realm } from '../realm.ts';

export const ON_MESSAGE_BEGIN = 0;
export const ON_HEADERS = 1;
export const ON_HEADERS_COMPLETE = 2;
export const ON_BODY = 3;
export const ON_MESSAGE_COMPLETE = 4;
export const ON_EXECUTE = 5;
export const REQUEST = 1;

/** Bits of the lenient flags, in the order of llhttp's setters. */
export const LENIENT = {
  kLenientNone: 0,
  kLenientHeaders: 1,
  kLenientChunkedLength: 2,
  kLenientKeepAlive: 4,
  kLenientTransferEncoding: 8,
  kLenientVersion: 16,
  kLenientDataAfterClose: 32,
  kLenientOptionalLFAfterCR: 64,
  kLenientOptionalCRLFAfterChunk: 128,
  kLenientOptionalCRBeforeLF: 256,
  kLenientSpacesAfterChunkSize: 512,
  kLenientAll: 1023,
} as const;

export type ParseError = Error & { bytesParsed: number; code: string; reason: string };

export function parseError(
  bytesParsed: number,
  { code, reason }: { readonly code: string; readonly reason: string },
): ParseError {
  return Object.assign(new Error('Parse Error'), { bytesParsed, code, reason });
}

/** A Buffer with bytes of its own. */
export function copyForProgram(realm: Realm, bytes: Uint8Array): Uint8Array {
  const { FastBuffer } = realm.requireBuiltin('internal/buffer') as {
    FastBuffer: new (buffer: ArrayBufferLike) => Uint8Array;
  };
  return new FastBuffer(bytes.slice().buffer);
}
