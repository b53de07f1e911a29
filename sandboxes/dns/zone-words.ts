// The words of a zone file: names, times, and the data of each type, checked and made absolute.
// Refuses, with what was expected, found and how to mend it. Called by zone-file.ts; pure.
import { isIPv6 } from 'node:net';
import { FormatError, labelsOf, textOf } from './names.ts';

export interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A word that is not what it should be. */
export class Unreadable extends Error {
  readonly expected: string;
  readonly found: string;
  readonly fix: string;

  constructor(expected: string, found: string, fix: string) {
    super(`expected ${expected}, found ${found}: ${fix}`);
    this.expected = expected;
    this.found = found.length > 120 ? `${found.slice(0, 117)}…` : found;
    this.fix = fix;
  }
}

/** `@` is the origin, `www` is below it, `www.example.com.` is what it says. */
export function nameOf(word: Word, origin: string): string {
  const { text } = word;
  if (text === '@') return origin;
  const isAbsolute = /(?:^|[^\\])(?:\\\\)*\.$/.test(text);
  const whole = isAbsolute ? text : origin === '.' ? `${text}.` : `${text}.${origin}`;
  try {
    return textOf(labelsOf(whole));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new Unreadable(
      'a name of labels up to 63 bytes, 255 in all',
      `'${text}' (${error.message})`,
      'correct the name',
    );
  }
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds; `90`, or `1h30m` as many servers take it. At most 2^31 - 1 (RFC 2181, section 8). */
export function ttlOf({ text }: Word): number {
  const isTime = /^\d{1,10}(?:[smhdw]\d{1,10})*[smhdw]?$/i.test(text);
  const parts = isTime ? text.matchAll(/(\d+)([smhdw]?)/gi) : [];
  let seconds = 0;
  for (const [, count, unit] of parts) seconds += Number(count) * (units[(unit || 's').toLowerCase()] ?? 1);
  if (isTime && seconds <= 0x7fffffff) return seconds;
  throw new Unreadable(
    'a time in seconds, such as 300 or 5m',
    `'${text}'`,
    'write a whole number up to 2147483647',
  );
}

type Reader = (word: Word, origin: string) => string;

const shortNumber: Reader = ({ text }) => {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return String(Number(text));
  throw new Unreadable('a number from 0 to 65535', `'${text}'`, 'write the preference first: `MX 10 mail`');
};
const serial: Reader = ({ text }) => {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return String(Number(text));
  throw new Unreadable('a serial number from 0 to 4294967295', `'${text}'`, 'write one, such as 2026112101');
};
const time: Reader = (word) => String(ttlOf(word));

const ipv4: Reader = ({ text }) => {
  const parts = text.split('.');
  if (parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return text;
  const isName = /[a-z]/i.test(text);
  const fix = isName
    ? 'an A record holds an address; for another name use CNAME'
    : 'write four numbers from 0 to 255';
  throw new Unreadable('an IPv4 address, such as 192.0.2.1', `'${text}'`, fix);
};
const ipv6: Reader = ({ text }) => {
  if (isIPv6(text) && !/[.%]/.test(text)) return new URL(`http://[${text}]`).hostname.slice(1, -1);
  throw new Unreadable(
    'an IPv6 address, such as 2001:db8::1',
    `'${text}'`,
    'write groups of hex digits, no `%` and no dots',
  );
};
const quotedText: Reader = ({ text, isQuoted }) => {
  const inside = isQuoted ? text : `"${text.replaceAll('"', '\\"')}"`;
  const size = inside.slice(1, -1).replaceAll(/\\(?:\d{3}|[\s\S])/g, '.').length;
  const isPlain = /^[\x20-\x7e]*$/.test(inside);
  const fits = [...inside.matchAll(/\\(\d{3}|[\s\S])/g)].every(
    ([, what = '']) => what.length < 3 || Number(what) <= 255,
  );
  if (size <= 255 && isPlain && fits) return inside;
  throw new Unreadable(
    'a text of up to 255 bytes in ASCII',
    `'${text}'`,
    'split it into several quoted texts, or escape bytes as \\DDD',
  );
};

/** What the data of each type is made of, in order. */
const data: Readonly<Record<string, readonly Reader[]>> = {
  A: [ipv4],
  AAAA: [ipv6],
  NS: [nameOf],
  CNAME: [nameOf],
  PTR: [nameOf],
  MX: [shortNumber, nameOf],
  SOA: [nameOf, nameOf, serial, time, time, time, time],
};
const shapes: Readonly<Record<string, string>> = {
  MX: 'a number and a name',
  SOA: 'server, mailbox, serial, refresh, retry, expire, minimum',
};

/** The data as text, and for a SOA the TTL that it asks for where nothing else says one: its minimum. */
export function dataOf(
  type: Word,
  words: readonly Word[],
  origin: string,
): { data: string; asks: number | undefined } {
  const kind = type.text.toUpperCase();
  if (kind === 'TXT') {
    if (words.length > 0)
      return { data: words.map((word) => quotedText(word, origin)).join(' '), asks: undefined };
    throw new Unreadable('a text after TXT', 'nothing', 'write it in quotes');
  }
  const readers = data[kind];
  if (readers === undefined) {
    const known = [...Object.keys(data), 'TXT'].join(', ');
    throw new Unreadable(
      `a type of ${known}`,
      `'${type.text}'`,
      'correct it; a name at the beginning of a line stands without a blank before it',
    );
  }
  if (words.length !== readers.length) {
    const shape = shapes[kind] ?? 'one word';
    const found = words.map((word) => word.text).join(' ') || 'nothing';
    throw new Unreadable(`${shape} after ${kind}`, `'${found}'`, 'write all of them, and nothing else');
  }
  const parts = readers.map((reader, index) => reader(words[index] ?? type, origin));
  return { data: parts.join(' '), asks: kind === 'SOA' ? Number(parts[6]) : undefined };
}
