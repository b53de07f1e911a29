// Zone files (RFC 1035, section 5) into records: `$ORIGIN`, `$TTL`, `@`, parentheses, comments, quotes, relative names.
// Refuses what it cannot read, with the line, what was expected, what was found and how to mend it; never guesses.
// No `$INCLUDE`. zone-entries.ts cuts it into words, zone-words.ts reads those. Used by zone.ts; pure.
import { isWithin } from './names.ts';
import type { DnsRecord } from './records.ts';
import { type Entry, entriesOf } from './zone-entries.ts';
import { dataOf, nameOf, ttlOf, Unreadable, type Word } from './zone-words.ts';

/** A record and the line on which it stands. */
export interface ZoneRecord extends DnsRecord {
  readonly line: number;
}

/** Something in a zone that a person can mend. */
export interface Problem {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
}

const BYTES_MAX = 1_000_000;
const RECORDS_MAX = 10_000;
const PROBLEMS_MAX = 20;

/** The line of a record that was in the zone before lines were given. */
export const NO_LINE = 0;

/** `line 7: expected …, found …: fix.` */
export function problemText({ line, expected, found, fix }: Problem): string {
  const where = line === NO_LINE ? 'a record that is there' : `line ${line}`;
  return `${where}: expected ${expected}, found ${found}: ${fix}.`;
}

/** `ttl` is for records that neither say one nor stand below a `$TTL`. */
export function parseZone(
  text: string,
  zone: string,
  ttl?: number,
): { readonly records: ZoneRecord[]; readonly problems: Problem[] } {
  const records: ZoneRecord[] = [];
  const problems: Problem[] = [];
  const told = (line: number, { expected, found, fix }: Unreadable) =>
    problems.length < PROBLEMS_MAX && problems.push({ line, expected, found, fix });
  if (text.length > BYTES_MAX) {
    const found = `${text.length}`;
    return {
      records,
      problems: [{ line: 1, expected: `at most ${BYTES_MAX} characters`, found, fix: 'split the zone' }],
    };
  }
  const state: State = { zone, origin: zone, ttl, owner: undefined };
  for (const entry of entriesOf(text, told)) {
    try {
      const record = readEntry(entry, state);
      if (record !== undefined) records.push({ ...record, line: entry.line });
      if (records.length > RECORDS_MAX)
        throw new Unreadable(`at most ${RECORDS_MAX} records`, 'more', 'delegate a part of the zone');
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      told(entry.line, error);
      if (records.length > RECORDS_MAX) break;
    }
  }
  return { records, problems };
}

interface State {
  readonly zone: string;
  origin: string;
  ttl: number | undefined;
  owner: string | undefined;
}

/** One record: owner, then TTL and class in either order, then type and data. Undefined for `$ORIGIN` and `$TTL`. */
function readEntry({ words, isIndented }: Entry, state: State): DnsRecord | undefined {
  const left = [...words];
  const [first] = left;
  if (first === undefined) return undefined;
  if (first.text.startsWith('$') && !first.isQuoted) return direct(first.text, left.slice(1), state);
  if (!isIndented) {
    left.shift();
    state.owner = nameOf(first, state.origin);
  }
  const { owner } = state;
  if (owner === undefined)
    throw new Unreadable(
      'a name at the beginning of the first record',
      `'${first.text}' after a blank`,
      'write `@` for the zone itself',
    );
  if (!isWithin(owner, state.zone))
    throw new Unreadable(
      `a name within ${state.zone}`,
      `'${owner}'`,
      'take it to the zone that it belongs to',
    );
  let ttl: number | undefined;
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const isClass = /^(?:IN|CH|HS)$/i.test(next.text);
    if (isClass && !/^IN$/i.test(next.text))
      throw new Unreadable('class IN', `'${next.text}'`, 'this server knows no other');
    if (!isClass && !/^\d/.test(next.text)) break;
    if (!isClass) ttl = ttlOf(next);
    left.shift();
  }
  const type = left.shift();
  if (type === undefined)
    throw new Unreadable('a type, such as A', 'the end of the line', 'write type and data');
  const { data, asks } = dataOf(type, left, state.origin);
  ttl ??= state.ttl ?? asks;
  if (ttl === undefined)
    throw new Unreadable('a TTL', 'none', 'write `$TTL 300` above, or a number before the type');
  // RFC 1035, 5.1: a record without one takes the last that was said.
  state.ttl ??= ttl;
  return { name: owner, type: type.text.toUpperCase(), ttl, data };
}

function direct(what: string, words: readonly Word[], state: State): undefined {
  const [word] = words;
  const kind = what.toUpperCase();
  if (kind !== '$ORIGIN' && kind !== '$TTL')
    throw new Unreadable('$ORIGIN or $TTL', `'${what}'`, 'write the records themselves here');
  if (word === undefined || words.length > 1)
    throw new Unreadable(
      `one word after ${kind}`,
      `${words.length}`,
      'write `$ORIGIN example.com.` or `$TTL 300`',
    );
  if (kind === '$TTL') state.ttl = ttlOf(word);
  else state.origin = nameOf(word, state.origin);
}
