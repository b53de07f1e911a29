// SET with its options, and MSET. An option may stand anywhere after the value; options that contradict each other are a
// syntax error, as in Redis. SET with NX and GET reads and fills in one command. Part of the table in commands.ts.
import { type Commands, notAnInteger, syntaxError, wrongArity } from './command.ts';
import { error, ok, type Reply } from './reply.ts';
import { wholeNumber } from './resp.ts';
import type { Store } from './store.ts';

interface Options {
  only?: 'nx' | 'xx';
  get?: true;
  keepTtl?: true;
  expiresAtMs?: number;
}

const badTime = error("ERR invalid expire time in 'set' command");

function set([, key = '', value = '', ...words]: readonly string[], store: Store): Reply {
  const options = optionsOf(words, store.nowMs());
  if ('error' in options) return options;
  // GET counts as asking for the key; a SET without it does not.
  const old = options.get ? store.read(key) : store.peek(key)?.value;
  const mayWrite = options.only === undefined || (options.only === 'nx') === (old === undefined);
  const until = options.keepTtl ? store.peek(key)?.expiresAtMs : options.expiresAtMs;
  if (mayWrite) store.write(key, value, until);
  if (options.get) return old ?? null;
  return mayWrite ? ok : null;
}

function optionsOf(words: readonly string[], nowMs: number): Options | { readonly error: string } {
  const options: Options = {};
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toLowerCase() ?? '';
    const timed = options.keepTtl === true || options.expiresAtMs !== undefined;
    if ((word === 'nx' || word === 'xx') && (options.only ?? word) === word) options.only = word;
    else if (word === 'get') options.get = true;
    else if (word === 'keepttl' && options.expiresAtMs === undefined) options.keepTtl = true;
    else if (/^(?:ex|px)(?:at)?$/.test(word) && !timed && at + 1 < words.length) {
      const end = expiry(word, words[++at] ?? '', nowMs);
      if (typeof end !== 'number') return end;
      options.expiresAtMs = end;
    } else return syntaxError;
  }
  return options;
}

/** The moment that EX, PX, EXAT or PXAT mean. */
function expiry(option: string, text: string, nowMs: number): number | { readonly error: string } {
  const given = wholeNumber(text);
  if (given === undefined) return notAnInteger;
  const ms = option.startsWith('e') ? given * 1000 : given;
  if (given <= 0 || ms > Number.MAX_SAFE_INTEGER / 2) return badTime;
  return option.endsWith('at') ? ms : nowMs + ms;
}

function mset(words: readonly string[], store: Store): Reply {
  if (words.length % 2 === 0) return wrongArity('mset');
  for (let at = 1; at < words.length; at += 2) store.write(words[at] ?? '', words[at + 1] ?? '');
  return ok;
}

export const setCommands: Commands = {
  set: { arity: -3, flags: ['write', 'denyoom'], keys: [1, 1, 1], run: set },
  mset: { arity: -3, flags: ['write', 'denyoom'], keys: [1, -1, 2], run: mset },
};
