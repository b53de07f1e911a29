// One shop: `POST /order?id=N` sells a seat (201) or says that none is left (409), `GET /health`. The same file is a
// small machine, and one worker of the big machine (big.ts). Where its book is, seats.ts decides; the work of an order
// costs CPU. Environment: PORT, MACHINE, SERVICE_MS, PAY_MS, and those of seats.ts. Dials: serviceMs, payMs.
import cluster from 'node:cluster';
import { channel } from 'node:diagnostics_channel';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { dial, onDials } from '../_shared/dials.ts';
import { seatsAsAsked } from './seats.ts';

const name = process.env.MACHINE ?? 'shop';
let serviceMs = Number(process.env.SERVICE_MS ?? 20);
let payMs = Number(process.env.PAY_MS ?? 20);
onDials((values) => {
  serviceMs = dial(values['serviceMs'], serviceMs, 0, 1000);
  payMs = dial(values['payMs'], payMs, 0, 1000);
});
const state = channel('brownout:state');
const seats = seatsAsAsked(pay);

/** The customer's bank: elsewhere, so it costs time and no CPU. Asked twice with one order number, it takes the money once. */
async function pay(_order: number): Promise<void> {
  if (payMs > 0) await wait(payMs);
}

// #region work
/** The ticket as a PDF, or a page of other evenings: so much time of a core, and nothing else runs here meanwhile. */
function work(): void {
  const neededUs = serviceMs * 1000 * (0.5 + Math.random());
  const before = process.cpuUsage().user;
  while (process.cpuUsage().user - before < neededUs) performance.now(); // Time passes in the data center where it is read.
}
// #endregion

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-served-by': name });
  response.end(`${JSON.stringify(body)}\n`);
}

async function order(response: ServerResponse, id: number): Promise<void> {
  const asked = performance.now();
  try {
    const said = await seats.sell(id);
    state.publish({ ...seats.tell(), callMs: performance.now() - asked });
    work();
    answer(response, said === 'sold' ? 201 : 409, { order: id, said, by: name });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer(response, 503, { order: id, error: reason, by: name });
  }
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const id = new URLSearchParams(query).get('id') ?? '';
  const asked = `${request.method} ${path}`;
  if (asked === 'GET /health') answer(response, 200, { healthy: true });
  else if (asked !== 'POST /order') answer(response, 404, { error: `no ${asked} here` });
  else if (!/^[1-9]\d{0,14}$/.test(id)) answer(response, 400, { error: 'expected ?id= and a whole number' });
  else void order(response, Number(id));
});
// The big machine deals connections out to its workers: one request on each, so that requests are dealt out.
if (cluster.isWorker) server.maxRequestsPerSocket = 1;
// Longer than the balancer's connection is ever idle: else one could be closed just as an order comes on it.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8081), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`${name} sells on port ${port}; its book is ${seats.where}`);
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
