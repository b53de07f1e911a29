// What HTTP asks of the headers and bodies on a stream (RFC 9113, section 8): which pseudo-headers there are, once
// and in front; no headers of connections; a body as long as was said. Says what is wrong; the caller resets.
import type { HeaderField } from './hpack-table.ts';
import type { Heard, Stream } from './stream.ts';

/** `request` and `promise` have the same pseudo-headers. */
export type Kind = 'request' | 'response' | 'trailers';
/** What becomes of a field: it counts, is left out silently, or the message is malformed. */
export type Verdict = 'good' | 'ignored' | 'bad';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a value must not have
const BAD_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;
const SPACED = /^[ \t]|[ \t]$/;
const DIGITS = /^\d+$/;
const OF_CONNECTIONS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);
const REQUEST_PSEUDO = new Set([':method', ':scheme', ':authority', ':path', ':protocol']);
const AUTHORITY = /^[!$%&'()*+,\-.:;=@_~[\]0-9A-Za-z]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a path must not have
const BAD_PATH = /[\x00-\x20\x7f]/;

/** `isSpaceRefused`: a value must not begin or end with spaces. */
export function judgeField(heard: Heard, field: HeaderField, kind: Kind, isSpaceRefused: boolean): Verdict {
  const { name } = field;
  if (name.startsWith(':')) return judgePseudo(heard, field, kind);
  if (!TOKEN.test(name)) return name === '' || /[A-Z]/.test(name) ? 'bad' : 'ignored';
  if (BAD_VALUE.test(field.value) || (isSpaceRefused && SPACED.test(field.value))) {
    heard.names.add('a field');
    return name === 'host' ? 'bad' : 'ignored';
  }
  heard.names.add('a field');
  if (OF_CONNECTIONS.has(name)) return 'bad';
  if (name === 'te') return field.value.toLowerCase() === 'trailers' ? 'good' : 'bad';
  if (name === 'content-length' && kind !== 'trailers') return judgeLength(heard, field.value, kind);
  if (name === 'host' && kind === 'request') {
    if (heard.names.has('host') || !AUTHORITY.test(field.value)) return 'bad';
    heard.names.add('host');
  }
  return 'good';
}

function judgePseudo(heard: Heard, { name, value }: HeaderField, kind: Kind): Verdict {
  const isKnown = kind === 'request' ? REQUEST_PSEUDO.has(name) : kind === 'response' && name === ':status';
  if (!isKnown || value === '' || heard.names.has(name) || heard.names.has('a field')) return 'bad';
  heard.names.add(name);
  switch (name) {
    case ':status':
      heard.status = Number(value);
      return /^\d{3}$/.test(value) && heard.status >= 100 && heard.status !== 101 ? 'good' : 'bad';
    case ':method':
      heard.method = value;
      return /^[!#$%&'*+\-.^_`|~0-9a-zA-Z]+$/.test(value) ? 'good' : 'bad';
    case ':path':
      return BAD_PATH.test(value) ? 'bad' : 'good';
    case ':authority':
      return AUTHORITY.test(value) ? 'good' : 'bad';
    case ':scheme':
      return /^[A-Za-z][A-Za-z0-9+\-.]*$/.test(value) ? 'good' : 'bad';
    default:
      return BAD_VALUE.test(value) ? 'bad' : 'good';
  }
}

function judgeLength(heard: Heard, value: string, kind: Kind): Verdict {
  if (kind === 'response' && heard.status === 204) {
    if (heard.contentLength !== -1 || value !== '0') return 'bad';
    heard.contentLength = 0;
    return 'ignored';
  }
  if (kind === 'response' && Math.trunc(heard.status / 100) === 1) return 'bad';
  if (kind === 'response' && heard.method === 'CONNECT' && Math.trunc(heard.status / 100) === 2)
    return 'ignored';
  if (!DIGITS.test(value) || heard.contentLength !== -1) return 'bad';
  heard.contentLength = Number(value);
  return 'good';
}

/** A block is over; false where a pseudo-header is missing, or trailers do not end the stream. */
export function judgeBlock(stream: Stream, kind: Kind, endsStream: boolean, mayConnect: boolean): boolean {
  const { heard } = stream;
  const { names } = heard;
  if (kind === 'trailers') return endsStream;
  if (kind === 'request') {
    heard.isHeadOver = true;
    return isRequestWhole(heard, mayConnect);
  }
  if (!names.has(':status')) return false;
  if (heard.status < 200) {
    if (endsStream) return false;
    names.clear();
    heard.contentLength = -1;
    return true;
  }
  heard.isHeadOver = true;
  heard.hasNoBody = stream.method === 'HEAD' || heard.status === 304 || heard.status === 204;
  if (stream.method === 'CONNECT') heard.contentLength = -1;
  return true;
}

function isRequestWhole({ names, method }: Heard, mayConnect: boolean): boolean {
  const isExtended = names.has(':protocol');
  if (isExtended && (method !== 'CONNECT' || !mayConnect)) return false;
  if (method === 'CONNECT' && !isExtended)
    return names.has(':authority') && !names.has(':scheme') && !names.has(':path');
  const hasHost = names.has(':authority') || names.has('host');
  return names.has(':method') && names.has(':scheme') && names.has(':path') && (!isExtended || hasHost);
}

/** More of the body came; false when it is longer than was said. */
export function judgeBody({ heard }: Stream, bytes: number): boolean {
  heard.bodyBytes += bytes;
  if (!heard.isHeadOver || heard.hasNoBody) return false;
  return heard.contentLength === -1 || heard.bodyBytes <= heard.contentLength;
}

/** The peer has ended the stream; false where the head or some of the body is missing. */
export function judgeEnd({ heard }: Stream): boolean {
  if (!heard.isHeadOver) return false;
  return heard.hasNoBody || heard.contentLength === -1 || heard.contentLength === heard.bodyBytes;
}
