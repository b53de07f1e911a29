// A small shop: `GET /item?id=N`, `POST /order?id=N`, `POST /echo` (streams back what it gets), `GET /health`.
// Keeps nothing: an order is only counted. Its work costs CPU, so a busy app is slow, as real ones are.
// Environment: PORT, MACHINE, SERVICE_MS (mean CPU time of an item or an order). Dial: serviceMs.
import { channel } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { dial, onDials } from '../_shared/dials.ts';

const name = process.env.MACHINE ?? 'app';
let serviceMs = Number(process.env.SERVICE_MS ?? 10);
onDials((values) => {
  serviceMs = dial(values['serviceMs'], serviceMs, 0, 1000);
});
const state = channel('brownout:state');
const orders = channel('brownout:order');
let served = 0;
let ordered = 0;

// #region work
/** While this loop turns, the program does nothing else. From 0.5 to 1.5 times the mean. */
function work(): void {
  const end = performance.now() + serviceMs * (0.5 + Math.random());
  while (performance.now() < end);
}
// #endregion

function answer(response: ServerResponse, status: number, body: object): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-served-by': name,
  });
  response.end(text);
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const id = Number(new URLSearchParams(query).get('id'));
  switch (`${request.method} ${path}`) {
    case 'GET /health':
      answer(response, 200, { healthy: true });
      break;
    case 'GET /item':
      work();
      answer(response, 200, { item: id, by: name });
      break;
    case 'POST /order':
      orders.publish({ id, by: name }); // From here on the order counts, even if nobody hears of it.
      ordered++;
      work();
      answer(response, 201, { ordered: id, by: name });
      break;
    case 'POST /echo':
      response.writeHead(200, { 'x-served-by': name });
      pipeline(request, response, () => {});
      break;
    default:
      answer(response, 404, { error: `no ${request.method} ${path} here` });
  }
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  response.on('finish', () => {
    served++;
    state.publish({ served, ordered });
  });
  response.on('close', () => {
    if (!server.listening) server.closeIdleConnections();
  });
  handle(request, response);
});
// Longer than the balancer is ever idle: else it could send on a connection that the app is just closing.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8081), () => {
  const address = server.address();
  console.log(`${name} listens on port ${typeof address === 'object' ? address?.port : address}`);
});
// Asked to stop: take no new connections, finish the requests that are being answered, and go.
process.once('SIGTERM', () => server.close(() => process.exit(0)));
