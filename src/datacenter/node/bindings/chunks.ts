// Chunks that a stream writes, as one piece of bytes that nobody else holds. Called by tcp-wrap.ts.
// Copies each byte once, and refuses nothing.
import { base64Bytes, hexBytes, latin1Bytes, ucs2Bytes, utf8Bytes } from '../text.ts';

const encoders: Readonly<Record<string, (text: string) => Uint8Array>> = {
  latin1: latin1Bytes,
  binary: latin1Bytes,
  ascii: latin1Bytes,
  ucs2: ucs2Bytes,
  'ucs-2': ucs2Bytes,
  utf16le: ucs2Bytes,
  'utf-16le': ucs2Bytes,
  hex: hexBytes,
  base64: base64Bytes,
  base64url: base64Bytes,
};

export function bytesOfChunk(chunk: string | Uint8Array, encoding: string): Uint8Array {
  if (typeof chunk !== 'string') return chunk;
  return (encoders[encoding] ?? utf8Bytes)(chunk);
}

/** Chunks of writev: buffers alone, or chunk and encoding in turn. */
export function bytesOfChunks(chunks: readonly unknown[], allBuffers: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let i = 0; i < chunks.length; i += allBuffers ? 1 : 2) {
    const part = bytesOfChunk(chunks[i] as string | Uint8Array, String(chunks[i + 1]));
    parts.push(part);
    length += part.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
