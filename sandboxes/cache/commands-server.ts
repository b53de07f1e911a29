// Commands about the connection and the server: PING, HELLO, SELECT, INFO, CONFIG GET, COMMAND, CLIENT, QUIT.
// One database, no passwords, no setting from outside: those are refused in Redis's words. Part of commands.ts.
import { type Command, type Commands, notAnInteger, type Session, wrongArity } from './command.ts';
import { matches } from './glob.ts';
import { error, ok, type Reply } from './reply.ts';
import { wholeNumber } from './resp.ts';
import type { Store } from './store.ts';

/** What clients see as the version of the Redis whose words are spoken here. */
const VERSION = '7.0.15';

/** Changes the protocol of this connection: HELLO 3 is how a client asks for RESP3. */
function hello(words: readonly string[], _store: Store, session: Session): Reply {
  const [, version, ...options] = words;
  const asked = version === undefined ? session.protocol : wholeNumber(version);
  if (asked === undefined) return error('ERR Protocol version is not an integer or out of range');
  if (asked !== 2 && asked !== 3) return error('NOPROTO unsupported protocol version');
  for (let at = 0; at < options.length; at += 2) {
    const isName = options[at]?.toLowerCase() === 'setname' && at + 1 < options.length;
    if (!isName) return error(`ERR Syntax error in HELLO option '${options[at]}'`);
  }
  session.protocol = asked;
  return {
    pairs: [
      ['server', 'redis'],
      ['version', VERSION],
      ['proto', asked],
      ['id', session.id],
      ['mode', 'standalone'],
      ['role', 'master'],
      ['modules', []],
    ],
  };
}

function info(store: Store): Reply {
  const { hits, misses, evicted, expired, refused } = store.counts;
  const sections = {
    Server: { redis_version: VERSION, redis_mode: 'standalone' },
    Memory: { used_memory: store.bytes, maxmemory_policy: store.policyName },
    Persistence: { loading: 0 },
    Stats: {
      keyspace_hits: hits,
      keyspace_misses: misses,
      evicted_keys: evicted,
      expired_keys: expired,
      refused_keys: refused,
    },
    Replication: { role: 'master', connected_slaves: 0 },
    Keyspace: store.size > 0 ? { db0: `keys=${store.size}` } : {},
  };
  const text = Object.entries(sections).map(([name, lines]) => {
    const body = Object.entries(lines).map(([key, value]) => `${key}:${value}\r\n`);
    return `# ${name}\r\n${body.join('')}`;
  });
  return { verbatim: text.join('\r\n') };
}

function config([, sub = '', ...patterns]: readonly string[], store: Store): Reply {
  if (sub.toLowerCase() !== 'get') return unknownSub('CONFIG', sub);
  if (patterns.length === 0) return wrongArity('config|get');
  const finite = (value: number): string => String(Number.isFinite(value) ? value : 0);
  const settings: Readonly<Record<string, string>> = {
    maxmemory: finite(store.limit.bytes),
    'maxmemory-policy': store.policyName,
    maxentries: finite(store.limit.entries),
    databases: '1',
    save: '',
    appendonly: 'no',
  };
  const wanted = Object.entries(settings).filter(([name]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), name)),
  );
  return { pairs: wanted };
}

function select([, text = '']: readonly string[]): Reply {
  const index = wholeNumber(text);
  if (index === undefined) return notAnInteger;
  return index === 0 ? ok : error('ERR DB index is out of range');
}

function ping([, ...words]: readonly string[]): Reply {
  if (words.length > 1) return wrongArity('ping');
  return words[0] ?? { simple: 'PONG' };
}

function client([, sub = '']: readonly string[], _store: Store, session: Session): Reply {
  if (sub.toLowerCase() === 'id') return session.id;
  return /^set(?:name|info)$/i.test(sub) ? ok : unknownSub('CLIENT', sub);
}

function unknownSub(container: string, sub: string): Reply {
  return error(`ERR unknown subcommand '${sub.slice(0, 128)}'. Try ${container} HELP.`);
}

function close(reply: Reply | undefined): Command['run'] {
  return (_words, _store, session) => {
    session.isOver = true;
    return reply;
  };
}

/** `table` is asked late: these commands are themselves in it. */
export function serverCommands(table: () => ReadonlyMap<string, Command>): Commands {
  const about = (name: string, { arity, flags, keys }: Command): Reply => [
    name,
    arity,
    flags.map((simple) => ({ simple })),
    ...keys,
  ];
  const command = ([, sub]: readonly string[]): Reply => {
    if (sub === undefined) return Array.from(table(), ([name, one]) => about(name, one));
    if (sub.toLowerCase() === 'count') return table().size;
    return sub.toLowerCase() === 'docs' ? { pairs: [] } : unknownSub('COMMAND', sub);
  };
  const plain = { flags: ['fast'], keys: [0, 0, 0] } as const;
  return {
    ping: { ...plain, arity: -1, run: ping },
    echo: { ...plain, arity: 2, run: ([, text = '']) => text },
    hello: { ...plain, arity: -1, run: hello },
    select: { ...plain, arity: 2, run: select },
    info: { ...plain, arity: -1, run: (_words, store) => info(store) },
    config: { ...plain, arity: -2, run: config },
    command: { ...plain, arity: -1, run: command },
    client: { ...plain, arity: -2, run: client },
    quit: { ...plain, arity: -1, run: close(ok) },
    // What a browser would send if a web page made it talk to a cache. Redis, too, hangs up without a word.
    post: { ...plain, arity: -1, run: close(undefined) },
    'host:': { ...plain, arity: -1, run: close(undefined) },
  };
}
