// A shop in front of a slow database, with a cache at its side: `GET /item?id=N`, `POST /order?id=N`, `GET /health`.
// Wiring only: reading is in aside.ts, writing in orders.ts. Without its cache it still answers, slowly; without its
// database it answers 502 to what the cache does not hold.
// Environment: PORT, CACHE, DATABASE, DATABASE_LIMIT_MS, TTL_MS, GUARD, WRITES, FLUSH_MS. Dials: ttlMs, guard, writes.
import { channel } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';
import { type Rules, readItem } from './aside.ts';
import { CacheClient } from './cache-client.ts';
import { flushEvery, unsavedOrders, writeOrder, writePolicies } from './orders.ts';

const CACHE_SILENCE_MS = 100;
const guards = ['none', 'lock', 'early'];
const cache = new CacheClient(process.env.CACHE ?? '127.0.0.1:6379', CACHE_SILENCE_MS);
const rules: Rules = { ttlMs: Number(process.env.TTL_MS ?? 10_000), guard: 'none' };
let writes = 'through';
turn(process.env.GUARD, process.env.WRITES);
onDials((values) => {
  rules.ttlMs = dial(values['ttlMs'], rules.ttlMs, 1, 3_600_000);
  turn(values['guard'], values['writes']);
});
flushEvery(cache, Number(process.env.FLUSH_MS ?? 5000));

function turn(guard: unknown = rules.guard, write: unknown = writes): void {
  rules.guard = oneOf('guard', guards, guard);
  writes = oneOf('writes', writePolicies, write);
}

function oneOf(what: string, words: readonly string[], found: unknown): string {
  const word = words.find((each) => each === found);
  if (word !== undefined) return word;
  throw new Error(`${what}: expected one of ${words.join(', ')}, found '${found}': correct it`);
}

const state = channel('brownout:state');
setInterval(() => state.publish({ unsaved: unsavedOrders() }), 1000);

function answer(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-served-by': process.env.MACHINE ?? 'shop',
    ...headers,
  });
  response.end(text);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const id = Number(new URLSearchParams(query).get('id'));
  const asked = `${request.method} ${path}`;
  if (asked === 'GET /health') return answer(response, 200, { healthy: true });
  if (asked !== 'GET /item' && asked !== 'POST /order')
    return answer(response, 404, { error: `no ${asked} here` });
  if (!Number.isSafeInteger(id) || id < 1) return answer(response, 400, { error: 'id: a whole number' });
  if (asked === 'POST /order') {
    await writeOrder(cache, writes, id);
    return answer(response, 201, { ordered: id });
  }
  const { item, version, price } = await readItem(cache, rules, id);
  answer(response, 200, { item, price }, { etag: `"${item}-${version}"` });
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  handle(request, response).catch((reason: unknown) => {
    const { code, message } = reason as NodeJS.ErrnoException; // Only the code goes out: a message may name addresses.
    if (response.headersSent) response.destroy();
    else answer(response, 502, { error: code ?? message });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  console.log(`the shop listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
