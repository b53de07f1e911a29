// Listens to a program's diagnostics channels for the trace: Node's own about HTTP, and any whose name begins
// with `brownout:`. Costs the program nothing it would notice. Called by program.ts.
import type { Json } from '../contract.ts';
import type { ProgramFact } from './program.ts';
import type { Callable, Realm } from './realm.ts';

/** Longest value that is published, as JSON text. */
const VALUE_CHARACTERS_MAX = 100_000;
const VALUE_DEPTH_MAX = 100;

interface Message {
  readonly method?: string;
  readonly url?: string;
  readonly path?: string;
  readonly host?: string;
  readonly statusCode?: number;
}

type Subscribe = (name: string, listener: (message: Record<string, unknown>) => void) => void;

export function watchChannels(realm: Realm, tell: (fact: ProgramFact) => void): void {
  const library = realm.requireBuiltin('diagnostics_channel');
  const subscribe = library['subscribe'] as Subscribe;
  // Told at the process's own time, which may be ahead of the run's.
  const tellInTime = (fact: ProgramFact): void => realm.process.kernel(() => tell(fact));
  watchPublished(library, subscribe, tellInTime);
  watchHttp(subscribe, tellInTime);
}

/** Subscribes to each `brownout:` channel when the program first names it. */
function watchPublished(
  library: Record<string | symbol, unknown>,
  subscribe: Subscribe,
  tell: (fact: ProgramFact) => void,
): void {
  const channelOf = library['channel'] as Callable;
  const seen = new Set<string>();
  library['channel'] = function channel(name: unknown): unknown {
    const made = channelOf(name);
    if (typeof name === 'string' && name.startsWith('brownout:') && !seen.has(name)) {
      seen.add(name);
      subscribe(name, (message) => {
        tell({ kind: 'publish', channel: name, value: plain(message) });
      });
    }
    return made;
  };
}

/** A copy that nobody can change later; what JSON cannot say, or nobody could show, becomes null. */
function plain(message: unknown): Json {
  try {
    const text = JSON.stringify(message);
    if (text === undefined || text.length > VALUE_CHARACTERS_MAX) return null;
    const value = JSON.parse(text) as Json;
    return isDeeper(value, VALUE_DEPTH_MAX) ? null : value;
  } catch {
    return null;
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member as Json, levels - 1));
}

/** What its constructor gives back is what it was given: so a number can be put on it that no program sees. */
class Marked {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is how a private field comes onto another object.
    return object;
  }
}

/** The number of an HTTP message in the trace. On the message itself: a WeakMap costs several times as much. */
class Numbered extends Marked {
  #number: number;

  constructor(message: object, number: number) {
    super(message);
    this.#number = number;
  }

  /** 0 where it has none. */
  static of(message: object): number {
    return #number in message ? message.#number : 0;
  }
}

/** An IPv4 address without what a dual-stack socket puts before it. */
function unmapped(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

function watchHttp(subscribe: Subscribe, tell: (fact: ProgramFact) => void): void {
  let nextId = 0;
  const idOf = (message: object): number => {
    const known = Numbered.of(message);
    if (known !== 0) return known;
    nextId++;
    new Numbered(message, nextId);
    return nextId;
  };
  const server = (phase: 'start' | 'end') => (message: Record<string, unknown>) => {
    const request = message['request'] as Message & { socket?: { remoteAddress?: string } };
    const response = message['response'] as Message;
    const id = idOf(request as object);
    const { method = '', url = '' } = request;
    const peer = unmapped(request.socket?.remoteAddress ?? '');
    if (phase === 'start') tell({ kind: 'http', side: 'server', phase, id, method, url, peer });
    else
      tell({ kind: 'http', side: 'server', phase, id, method, url, peer, status: response.statusCode ?? 0 });
  };
  const client = (phase: 'start' | 'end' | 'error') => (message: Record<string, unknown>) => {
    const request = message['request'] as Message;
    const response = message['response'] as Message | undefined;
    const error = message['error'] as { code?: string; message?: string } | undefined;
    const id = idOf(request as object);
    const { method = '', path: url = '', host: peer = '' } = request;
    const told = { kind: 'http', side: 'client', phase, id, method, url, peer } as const;
    if (error !== undefined) {
      const status = response === undefined ? {} : { status: response.statusCode ?? 0 };
      tell({ ...told, ...status, error: error.code ?? error.message ?? 'error' });
    } else if (response === undefined) tell(told);
    else
      tell({ kind: 'http', side: 'client', phase, id, method, url, peer, status: response.statusCode ?? 0 });
  };
  subscribe('http.server.request.start', server('start'));
  subscribe('http.server.response.finish', server('end'));
  subscribe('http.client.request.start', client('start'));
  subscribe('http.client.response.finish', client('end'));
  subscribe('http.client.request.error', client('error'));
}
