// The database, where things are right and slow: `GET /item?id=N` after LOAD_MS, `POST /orders` (a JSON array of numbers).
// Only so many loads at a time (SLOTS); the others wait in line. Time is waited for, not computed: it stands for a disk.
// Keeps orders in memory and calls that safe. Refuses what it does not know with 400 or 404.
// Environment: PORT, LOAD_MS, SLOTS. Dials: loadMs, failing (share of loads that end in 500).
import { channel } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';

let loadMs = Number(process.env.LOAD_MS ?? 20);
const slots = Number(process.env.SLOTS ?? 100);
let failing = 0;
onDials((values) => {
  loadMs = dial(values['loadMs'], loadMs, 0, 10_000);
  failing = dial(values['failing'], failing, 0, 1);
});

const BODY_BYTES_MAX = 1024 * 1024;
const state = channel('brownout:state');
const loaded = channel('brownout:loaded');
const ordered = channel('brownout:order');
const waiting: (() => void)[] = [];
const orders = new Set<number>();
let underWay = 0;
let loads = 0;
let loadsBefore = 0;
/** Of the last whole second. */
let loadsPerSecond = 0;

const tell = (): void =>
  state.publish({ loads, loadsPerSecond, underWay, inLine: waiting.length, orders: orders.size });
setInterval(() => {
  loadsPerSecond = loads - loadsBefore;
  loadsBefore = loads;
  tell();
}, 1000);

/** An item, some time later. Each load gets a version of its own, by which an answer's age can be told. */
async function load(id: number): Promise<{ item: number; version: number; price: number } | undefined> {
  loads++;
  tell();
  if (underWay >= slots) await new Promise<void>((go) => waiting.push(go));
  underWay++;
  const version = loads;
  const fails = Math.random() < failing;
  await new Promise((done) => setTimeout(done, loadMs));
  underWay--;
  waiting.shift()?.();
  tell();
  if (fails) return undefined;
  loaded.publish({ item: id, version });
  return { item: id, version, price: 100 + ((id * 37) % 900) };
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-served-by': process.env.MACHINE ?? 'database',
  });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > BODY_BYTES_MAX) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const id = Number(new URLSearchParams(query).get('id'));
  const asked = `${request.method} ${path}`;
  if (asked === 'GET /health') return answer(response, 200, { healthy: true });
  if (asked === 'GET /item') {
    if (!Number.isSafeInteger(id) || id < 1) return answer(response, 400, { error: 'id: a whole number' });
    const item = await load(id);
    return item ? answer(response, 200, item) : answer(response, 500, { error: 'the load failed' });
  }
  if (asked !== 'POST /orders') return answer(response, 404, { error: `no ${asked} here` });
  const list = await bodyOf(request);
  if (!Array.isArray(list) || !list.every((one) => Number.isSafeInteger(one)))
    return answer(response, 400, { error: 'expected a JSON array of order numbers' });
  for (const order of list as number[]) {
    orders.add(order);
    ordered.publish({ id: order });
  }
  tell();
  return answer(response, 201, { kept: list.length });
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  handle(request, response).catch(() => response.destroy()); // The asker broke off in the middle of its body.
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8090), () => {
  const address = server.address();
  console.log(`the database listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
