// Commands that read, count, list and delete keys. Words as they came: words[0] is the command's name.
// Refuses what Redis refuses, in its words. Part of the table in commands.ts.
import { type Command, type Commands, notAnInteger, syntaxError } from './command.ts';
import { matches } from './glob.ts';
import { error, ok, type Reply } from './reply.ts';
import { wholeNumber } from './resp.ts';
import type { Entry, Store } from './store.ts';

const SCAN_COUNT = 10;

const add = (words: readonly string[], by: 1 | -1, store: Store): Reply => {
  const [, key = ''] = words;
  const text = store.read(key) ?? '0';
  const value = wholeNumber(text);
  if (value === undefined) return notAnInteger;
  // Beyond 2^53 a number in JavaScript is no longer exact; Redis counts to 2^63 - 1.
  if (!Number.isSafeInteger(value + by)) return error('ERR increment or decrement would overflow');
  store.write(key, String(value + by), store.peek(key)?.expiresAtMs);
  return value + by;
};

const expire = ([, key = '', text = '', ...options]: readonly string[], store: Store): Reply => {
  const seconds = wholeNumber(text);
  if (seconds === undefined) return notAnInteger;
  if (options.length > 0) return error(`ERR Unsupported option ${options[0]}`);
  if (Math.abs(seconds) > Number.MAX_SAFE_INTEGER / 2000)
    return error("ERR invalid expire time in 'expire' command");
  const entry = store.peek(key);
  if (entry === undefined) return 0;
  entry.expiresAtMs = store.nowMs() + seconds * 1000;
  store.peek(key); // A time that has passed deletes at once.
  return 1;
};

const ttl = ([, key = '']: readonly string[], store: Store): Reply => {
  const entry = store.peek(key);
  if (entry === undefined) return -2;
  if (entry.expiresAtMs === Number.POSITIVE_INFINITY) return -1;
  return Math.floor((entry.expiresAtMs - store.nowMs() + 500) / 1000);
};

const keys = ([, pattern = '']: readonly string[], store: Store): Reply =>
  Array.from(store.entries(), ([key]) => key).filter((key) => matches(pattern, key));

/**
 * The cursor is the serial number of the last entry that was looked at. An entry that is there from the first call to
 * the last is returned exactly once, whatever comes and goes meanwhile. Walks past all earlier ones; Redis does not.
 */
const scan = ([, text = '', ...options]: readonly string[], store: Store): Reply => {
  const cursor = wholeNumber(text);
  if (cursor === undefined || cursor < 0) return error('ERR invalid cursor');
  let pattern = '*';
  let count = SCAN_COUNT;
  for (let at = 0; at < options.length; at += 2) {
    const value = options[at + 1];
    const name = options[at]?.toLowerCase();
    if (value === undefined || (name !== 'match' && name !== 'count')) return syntaxError;
    if (name === 'match') pattern = value;
    else {
      const asked = wholeNumber(value);
      if (asked === undefined) return notAnInteger;
      if (asked < 1) return syntaxError;
      count = asked;
    }
  }
  const page: [string, Entry][] = [];
  for (const each of store.entries()) {
    if (each[1].serial <= cursor) continue;
    if (page.length === count)
      return [
        String(page.at(-1)?.[1].serial ?? 0),
        page.map(([key]) => key).filter((key) => matches(pattern, key)),
      ];
    page.push(each);
  }
  return ['0', page.map(([key]) => key).filter((key) => matches(pattern, key))];
};

const reads = ['readonly', 'fast'];
const one: Command['keys'] = [1, 1, 1];
const all: Command['keys'] = [1, -1, 1];
const noKeys: Command['keys'] = [0, 0, 0];

export const keyCommands: Commands = {
  get: { arity: 2, flags: reads, keys: one, run: ([, key = ''], store) => store.read(key) ?? null },
  mget: {
    arity: -2,
    flags: reads,
    keys: all,
    run: ([, ...names], store) => names.map((key) => store.read(key) ?? null),
  },
  del: {
    arity: -2,
    flags: ['write'],
    keys: all,
    run: ([, ...names], store) =>
      names.filter((key) => store.peek(key) !== undefined && store.delete(key)).length,
  },
  exists: {
    arity: -2,
    flags: reads,
    keys: all,
    run: ([, ...names], store) => names.filter((key) => store.peek(key) !== undefined).length,
  },
  incr: {
    arity: 2,
    flags: ['write', 'denyoom', 'fast'],
    keys: one,
    run: (words, store) => add(words, 1, store),
  },
  decr: {
    arity: 2,
    flags: ['write', 'denyoom', 'fast'],
    keys: one,
    run: (words, store) => add(words, -1, store),
  },
  expire: { arity: -3, flags: ['write', 'fast'], keys: one, run: expire },
  ttl: { arity: 2, flags: reads, keys: one, run: ttl },
  keys: { arity: 2, flags: ['readonly'], keys: noKeys, run: keys },
  scan: { arity: -2, flags: ['readonly'], keys: noKeys, run: scan },
  dbsize: {
    arity: 1,
    flags: reads,
    keys: noKeys,
    run: (_words, store) => Array.from(store.entries()).length,
  },
  flushall: { arity: -1, flags: ['write'], keys: noKeys, run: flush },
};

function flush([, how, ...more]: readonly string[], store: Store): Reply {
  if (more.length > 0 || (how !== undefined && !/^(?:a?sync)$/i.test(how))) return syntaxError;
  store.clear();
  return ok;
}
