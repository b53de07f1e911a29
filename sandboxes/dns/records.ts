// The data of records: as bytes of a message and as the words of a zone file, type by type (RFC 1035, 3.3; RFC 3596).
// Refuses data of a wrong length. A type that it does not know keeps its bytes: `\# 3 01ab02` (RFC 3597).
// Used by message.ts and write.ts. A record's data is text everywhere else.
import { FormatError, readName } from './names.ts';

export interface DnsRecord {
  /** Absolute, with its last dot. */
  readonly name: string;
  /** A, NS, CNAME, …, or TYPE65 for number 65. */
  readonly type: string;
  /** Seconds. */
  readonly ttl: number;
  /** As in a zone file, names absolute: `10 email.100xglobal.com.` for MX. */
  readonly data: string;
}

const numbers: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  ANY: 255,
};
const words = new Map(Object.entries(numbers).map(([word, number]) => [number, word]));

export function typeNumber(type: string): number {
  const number = numbers[type] ?? Number(/^TYPE(\d{1,5})$/.exec(type)?.[1]);
  if (number >= 0 && number <= 65_535) return number;
  throw new FormatError(`'${type}' is no type of records`);
}

export function typeWord(number: number): string {
  return words.get(number) ?? `TYPE${number}`;
}

/** Where a record's data is written: names in it may be compressed. */
export interface DataWriter {
  bytes(bytes: Buffer): void;
  name(name: string): void;
}

/** Numbers of 16 bits, then names, then numbers of 32 bits: the shape of most data. */
type Shape = Readonly<Record<'shorts' | 'names' | 'longs', number>>;
const oneName: Shape = { shorts: 0, names: 1, longs: 0 };
const shapes: Readonly<Record<string, Shape>> = {
  NS: oneName,
  CNAME: oneName,
  PTR: oneName,
  MX: { shorts: 1, names: 1, longs: 0 },
  SOA: { shorts: 0, names: 2, longs: 5 },
};

export function writeData(type: string, data: string, writer: DataWriter): void {
  const shape = shapes[type];
  if (shape !== undefined) {
    const parts = data.split(' ');
    const { shorts, names } = shape;
    for (const [index, part] of parts.entries()) {
      if (index >= shorts && index < shorts + names) writer.name(part);
      else writer.bytes(numberBytes(Number(part), index < shorts ? 2 : 4));
    }
  } else if (type === 'A') writer.bytes(Buffer.from(data.split('.').map(Number)));
  else if (type === 'AAAA') writer.bytes(sixteenBytes(data));
  else if (type === 'TXT') for (const text of textsOf(data)) writer.bytes(text);
  else writer.bytes(Buffer.from(data.split(' ')[2] ?? '', 'hex'));
}

export function readData(type: string, bytes: Buffer, from: number, end: number): string {
  const needs = (length: number) => {
    if (end - from !== length) throw new FormatError(`${type} data of ${end - from} bytes`);
  };
  const shape = shapes[type];
  if (shape !== undefined) return readShape(bytes, from, end, shape);
  if (type === 'A' || type === 'AAAA') {
    needs(type === 'A' ? 4 : 16);
    const part = bytes.subarray(from, end);
    return type === 'A' ? part.join('.') : shortest(part);
  }
  if (type !== 'TXT') return `\\# ${end - from} ${bytes.toString('hex', from, end)}`.trimEnd();
  const texts: string[] = [];
  for (let at = from; at < end; at += 1 + (bytes[at] ?? 0)) {
    const stop = at + 1 + (bytes[at] ?? 0);
    if (stop > end) throw new FormatError('a text that runs out of its record');
    texts.push(quoted(bytes.subarray(at + 1, stop)));
  }
  if (texts.length === 0) throw new FormatError('TXT data of 0 bytes');
  return texts.join(' ');
}

function readShape(bytes: Buffer, from: number, end: number, shape: Shape): string {
  const parts: (string | number)[] = [];
  let at = from;
  const number = (length: 2 | 4) => {
    if (at + length > end) throw new FormatError('data that is cut short');
    parts.push(bytes.readUIntBE(at, length));
    at += length;
  };
  for (let left = shape.shorts; left > 0; left--) number(2);
  for (let left = shape.names; left > 0; left--) {
    const { name, next } = readName(bytes, at);
    parts.push(name);
    at = next;
  }
  for (let left = shape.longs; left > 0; left--) number(4);
  if (at !== end) throw new FormatError('data of another length than it says');
  return parts.join(' ');
}

function numberBytes(number: number, length: 2 | 4): Buffer {
  return Buffer.from([24, 16, 8, 0].slice(-length).map((shift) => (number >>> shift) & 255));
}

function sixteenBytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [front, back] = [groups(head), groups(tail ?? '')];
  const all = [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}

function shortest(bytes: Buffer): string {
  const groups = (bytes.toString('hex').match(/.{4}/g) ?? []).join(':');
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}

/** `"v=spf1 -all"`: quotes and backslashes escaped, other bytes as three digits. */
export function quoted(text: Buffer): string {
  const shown = [...text].map((byte) => {
    if (byte < 0x20 || byte > 0x7e) return `\\${String(byte).padStart(3, '0')}`;
    return byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte);
  });
  return `"${shown.join('')}"`;
}

/** Each text with its byte of length before it. */
function textsOf(data: string): Buffer[] {
  return (data.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((text) => {
    const plain = text.slice(1, -1).replaceAll(/\\(\d{3}|.)/g, (_, what: string) => {
      return what.length === 3 ? String.fromCharCode(Number(what)) : what;
    });
    const bytes = Buffer.from(plain, 'latin1');
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  });
}
