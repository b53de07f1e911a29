// The store: the one book that all small shops share, on a machine of its own, over HTTP with conditional requests
// (RFC 9110, 13): GET /seats with an ETag, GET /orders/N, PUT /orders/N with or without If-Match, POST and DELETE /lock.
// Does what it is told, so it can be oversold. Memory only: a store that dies forgets.
// Environment: PORT, SEATS, STORE_MS (CPU time of each request). Dials: seats, storeMs.
import { channel } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';

let seats = Number(process.env.SEATS ?? 1000);
let storeMs = Number(process.env.STORE_MS ?? 0.5);
onDials((values) => {
  seats = dial(values['seats'], seats, 0, 1e6);
  storeMs = dial(values['storeMs'], storeMs, 0, 1000);
});
const state = channel('brownout:state');
const sale = channel('brownout:sale');
const orders = new Set<number>();
let locked = false;

/** Another one after every sale: who names it says which book he has read. */
const version = () => `"${orders.size}"`;

/** RFC 9110, 13.1.1: `*`, or a list of tags of which one is the present one; no header lets everything pass. */
function matches(ifMatch: string | undefined): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((tag) => tag.trim() === version());
}

interface Reply {
  readonly status: number;
  readonly text?: string;
  readonly allow?: string;
}

// #region put
/** Look and sale in one turn of the event loop. An order that has a seat keeps it: asked again, nothing happens. */
function putOrder(order: number, ifMatch: string | undefined): Reply {
  if (orders.has(order)) return { status: 200, text: 'sold' };
  if (!matches(ifMatch)) return { status: 412, text: `the book is at ${version()}` };
  orders.add(order);
  sale.publish({ order, left: seats - orders.size });
  return { status: 201, text: 'sold' };
}
// #endregion

function lock(): Reply {
  if (locked) return { status: 423, text: 'somebody has it' };
  locked = true;
  return { status: 201 };
}

function unlock(): Reply {
  locked = false;
  return { status: 204 };
}

type Handler = (order: number, ifMatch: string | undefined) => Reply;
const routes: readonly (readonly [RegExp, Readonly<Record<string, Handler>>])[] = [
  [/^\/seats$/, { GET: () => ({ status: 200, text: String(seats - orders.size) }) }],
  [
    /^\/orders\/([1-9]\d{0,14})$/,
    { GET: (order) => ({ status: orders.has(order) ? 200 : 404 }), PUT: putOrder },
  ],
  [/^\/lock$/, { POST: lock, DELETE: unlock }],
  [/^\/health$/, { GET: () => ({ status: 200, text: 'well' }) }],
];

function reply({ method = '', url = '', headers }: IncomingMessage): Reply {
  for (const [path, handlers] of routes) {
    const match = path.exec(url);
    if (!match) continue;
    const handler = handlers[method];
    if (handler) return handler(Number(match[1]), headers['if-match']);
    return { status: 405, text: `no ${method} here`, allow: Object.keys(handlers).join(', ') };
  }
  if (url.startsWith('/orders/')) return { status: 400, text: 'expected /orders/ and a whole number' };
  return { status: 404, text: `no ${url} here` };
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  request.resume(); // A body is of no use here.
  const end = performance.now() + storeMs;
  while (performance.now() < end);
  const { status, text, allow } = reply(request);
  state.publish({ sold: orders.size, left: seats - orders.size });
  const allowed = allow === undefined ? {} : { allow };
  response.writeHead(status, { etag: version(), 'content-type': 'text/plain', ...allowed });
  response.end(text === undefined ? '' : `${text}\n`);
});
// Longer than a shop's connection is ever idle: else one could be closed just as a shop asks on it.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8090), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`${seats} seats are for sale on port ${port}`);
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
