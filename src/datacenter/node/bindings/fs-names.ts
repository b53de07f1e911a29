// Paths and names as bytes and as text. Linux takes any bytes for a name; the disk keeps text, in which a byte that is
// no UTF-8 stands as a lone surrogate, U+DC80 to U+DCFF (as PEP 383 has it). Programs never see those: as text they
// get U+FFFD, as bytes what they gave. Refuses nothing. Called by the fs bindings.
import type { Realm } from '../realm.ts';
import { base64Text, hexText, latin1Text, utf8Bytes, utf8Text } from '../text.ts';

export type Path = string | Uint8Array;

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const STRAY_BYTE = /(?<![\ud800-\udbff])[\udc80-\udcff]/;
const STRAY = 0xdc00;

/** A path as the disk keeps it. */
export function pathText(path: Path): string {
  if (typeof path === 'string') return path.replace(LONE, '\ufffd');
  const text = utf8Text(path);
  if (!text.includes('\ufffd')) return text;
  let kept = '';
  for (let at = 0; at < path.length; ) {
    const length = lengthAt(path, at);
    kept +=
      length === 0 ? String.fromCharCode(STRAY + (path[at] ?? 0)) : utf8Text(path.subarray(at, at + length));
    at += Math.max(1, length);
  }
  return kept;
}

/** How many bytes the UTF-8 character at a place has; 0 where there is none. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const character = utf8Text(bytes.subarray(at, at + length));
  const isWhole = character !== '' && !character.includes('\ufffd');
  const isReplacement = first === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
  return isWhole || isReplacement ? length : 0;
}

/** The bytes that a name or a path has on the disk. */
export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  if (!STRAY_BYTE.test(name)) return utf8Bytes(name);
  const bytes: number[] = [];
  for (const character of name) {
    if (STRAY_BYTE.test(character)) bytes.push(character.charCodeAt(0) - STRAY);
    else bytes.push(...utf8Bytes(character));
  }
  return Uint8Array.from(bytes);
}

/** A name or path in the encoding that was asked for. */
export function inEncoding(realm: Realm, text: string, encoding: unknown): unknown {
  if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8')
    return STRAY_BYTE.test(text) ? utf8Text(bytesOf(text)) : text;
  const bytes = bytesOf(text);
  if (encoding === 'hex') return hexText(bytes);
  if (encoding === 'base64') return base64Text(bytes);
  if (encoding === 'base64url') return base64Text(bytes, true);
  if (encoding === 'latin1' || encoding === 'binary') return latin1Text(bytes);
  const { Buffer } = realm.requireBuiltin('buffer') as {
    Buffer: { from(bytes: ArrayBuffer): { toString(encoding: unknown): string } };
  };
  const buffer = Buffer.from(bytes.buffer);
  return encoding === 'buffer' ? buffer : buffer.toString(encoding);
}
