// Looks for secrets of the grader (secrets.ts) in whatever is given away: the built site, packages. Opens what is compressed
// (gzip, zip) or written in Base64 (source maps inside programs). Finds phrases in any markup; refuses nothing. Called by
// the house tests on dist, and by whoever makes packages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readZip } from '../teaching/zip.ts';
import { type Secrets, secrets, wordsOf } from './secrets.ts';

export type File = readonly [path: string, bytes: Uint8Array];

/** A line for each secret in each file; empty where nothing leaks. */
export function leaks(files: Iterable<File>, known: Secrets = secrets()): string[] {
  return [...files].flatMap(([path, bytes]) =>
    opened(path, bytes).flatMap(([at, text]) =>
      [...new Set(leaksInText(text, known))].map((what) => `${at} holds ${what}`),
    ),
  );
}

export function* filesBelow(folder: string): Generator<File> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) yield [path, readFileSync(path)];
  }
}

/** What is in a file, and in what is packed in it, as texts. */
function opened(path: string, bytes: Uint8Array): (readonly [path: string, text: string])[] {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return opened(`${path} (unpacked)`, gunzipSync(bytes));
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4) {
    const limits = { entries: 100_000, bytesEach: 1e9, bytesTotal: 4e9, zone: 'UTC' };
    return readZip(path, bytes, limits).flatMap((entry) => opened(`${path}: ${entry.path}`, entry.read()));
  }
  const text = new TextDecoder().decode(bytes);
  const inside = [...text.matchAll(/base64,([A-Za-z0-9+/=]{40,})/g)].map(
    ([, packed = '']) => [`${path} (Base64)`, Buffer.from(packed, 'base64').toString('utf8')] as const,
  );
  return [[path, text], ...inside];
}

function leaksInText(text: string, { strings, phrases, orders }: Secrets): string[] {
  const found = [...strings].flatMap(([secret, from]) =>
    text.includes(secret) ? [`'${secret}' of ${from}`] : [],
  );
  const words = wordsOf(text);
  for (let at = 0; at + 2 < words.length; at++)
    for (const phrase of phrases.get(`${words[at]} ${words[at + 1]} ${words[at + 2]}`) ?? [])
      if (phrase.words.every((word, index) => words[at + index] === word))
        found.push(`'${phrase.words.join(' ')}' of ${phrase.from}`);
  const plain = ` ${words.join(' ')} `;
  for (const { from, items } of orders) if (isInOrder(plain, items)) found.push(`the right order of ${from}`);
  return [...found, ...keysIn(text)];
}

function isInOrder(plain: string, items: readonly string[]): boolean {
  let at = -1;
  return items.every((item) => {
    const next = plain.indexOf(` ${wordsOf(item).join(' ')} `);
    const isLater = next > at;
    at = next;
    return isLater;
  });
}

const KEYS =
  'right,wrong,answer,accept,tolerance,mistakes,feedback,otherwise,shown,pattern,example,pairs'.split(',');

/** Of JSON: fields of keys in anything named `graded`. */
function keysIn(text: string): string[] {
  if (!/^\s*[{[]/.test(text) || !text.includes('"graded"')) return [];
  const fields = new Set<string>();
  const look = (value: unknown, isGraded: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (isGraded && KEYS.includes(name)) fields.add(name);
      look(inner, isGraded || name === 'graded');
    }
  };
  try {
    look(JSON.parse(text), false);
  } catch {
    return [];
  }
  return [...fields].map((name) => `'${name}' of graded questions`);
}
