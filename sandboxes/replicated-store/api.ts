// The door for clients and for whoever decides on primaries, over HTTP: `GET|PUT|DELETE /kv/KEY`, `GET|DELETE /kv/` for all
// keys, `GET /status`, `POST /promise`, `POST /lead`, `POST /settings`. A replica sends writes on to the primary by a 307.
// Refuses keys and values that are too long, in HTTP's own words. Called by node.ts.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Mode, modeCalled } from './ack.ts';
import type { Primary, Settings } from './primary.ts';
import type { Store } from './store.ts';
import { VALUE_MAX } from './wire.ts';

export interface Door {
  readonly name: string;
  readonly store: Store;
  readonly settings: Settings;
  readonly peers: readonly { readonly name: string; readonly host: string; readonly http: number }[];
  readonly primary: () => Primary | undefined;
  /** Name of the primary, as far as is known. */
  readonly leader: () => string;
  promise(epoch: number): Promise<object | undefined>;
  lead(epoch: number): Promise<boolean>;
  told(): object;
}

const key = /^\/kv\/([\w.~-]{0,128})$/;

export function serveApi(door: Door, port: number): void {
  const server = createServer((request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    handle(door, request, response).catch((error: Error) => answer(door, response, 400, error.message));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, () => {
    const address = server.address();
    console.log(`${door.name} listens on port ${typeof address === 'object' ? address?.port : address}`);
  });
  process.once('SIGTERM', () => process.exit(0)); // Nothing to tidy up: what matters is on the disk already.
}

function answer(door: Door, response: ServerResponse, status: number, body: object | string, headers = {}) {
  if (response.headersSent || response.destroyed) return;
  const text = typeof body === 'string' ? `${body}\n` : `${JSON.stringify(body)}\n`;
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    ...{ 'content-type': type, 'content-length': length, 'x-served-by': door.name },
    ...headers,
  });
  response.end(text);
}

async function handle(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://store');
  const reply = (status: number, body: object | string, headers = {}) =>
    answer(door, response, status, body, headers);
  const named = key.exec(url.pathname)?.[1];
  if (named !== undefined) return keys(door, request, url, named, reply);
  const epoch = Number(url.searchParams.get('epoch'));
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /status':
    case 'GET /health':
      return reply(200, door.told());
    case 'POST /settings': {
      const mode = url.searchParams.get('mode');
      if (mode !== null) door.settings.mode = modeCalled(mode) satisfies Mode;
      door.settings.lagMs = Number(url.searchParams.get('lagMs') ?? door.settings.lagMs) || 0;
      return reply(200, door.told());
    }
    case 'POST /promise': {
      const promised = Number.isSafeInteger(epoch) ? await door.promise(epoch) : undefined;
      return promised ? reply(200, promised) : reply(409, door.told());
    }
    case 'POST /lead':
      return (await door.lead(epoch)) ? reply(200, door.told()) : reply(409, door.told());
    default:
      return reply(404, `no ${request.method} ${url.pathname} here: try /kv/KEY or /status`);
  }
}

type Reply = (status: number, body: object | string, headers?: Record<string, string>) => void;

async function keys(door: Door, request: IncomingMessage, url: URL, name: string, reply: Reply) {
  const method = request.method ?? '';
  if (!['GET', 'PUT', 'DELETE'].includes(method) || (method === 'PUT' && name === ''))
    return reply(405, `expected GET, PUT or DELETE of a key, found ${method} ${url.pathname}`, {
      allow: name === '' ? 'GET, DELETE' : 'GET, PUT, DELETE',
    });
  const value = method === 'PUT' ? await bodyOf(request) : null;
  if (value === undefined) return reply(413, `expected a value of at most ${VALUE_MAX} characters`);
  if (method === 'GET' && url.searchParams.get('from') === 'any') return show(door, name, reply);
  const primary = door.primary();
  if (!primary) return sendOn(door, url, reply);
  const { epoch } = primary;
  if (method === 'GET')
    return primary.read((mayRead) =>
      mayRead ? show(door, name, reply) : reply(503, 'not sure to be primary'),
    );
  primary.write(name, value, ({ verdict, index, copies }) => {
    const place = { 'x-epoch': String(epoch), 'x-index': String(index), 'x-copies': String(copies) };
    if (verdict === 'acknowledge') reply(method === 'PUT' ? 201 : 200, 'done', place);
    else reply(503, 'not acknowledged: it may survive or not', place);
  });
}

function show({ store }: Door, name: string, reply: Reply): void {
  const place = { 'x-epoch': String(store.epoch), 'x-index': String(store.index) };
  const value = name === '' ? store.entries : store.get(name);
  if (value === undefined) reply(404, 'no such key', place);
  else reply(200, value, place);
}

function sendOn({ peers, leader }: Door, url: URL, reply: Reply): void {
  const known = peers.find((one) => one.name === leader());
  if (known) {
    const location = `http://${known.host}:${known.http}${url.pathname}${url.search}`;
    reply(307, `the primary is ${known.name}`, { location, 'x-primary': known.name });
  } else reply(503, 'no primary is known here', { 'retry-after': '1' });
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let text = '';
  request.setEncoding('utf8');
  // What is too long is read to its end all the same, and thrown away: who is cut off while sending hears no answer.
  for await (const part of request) if (text.length <= VALUE_MAX) text += part;
  return text.length <= VALUE_MAX ? text : undefined;
}
