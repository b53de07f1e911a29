// One address for many shops, in the least that works: each request goes to the next shop in turn, and on to another
// one only where a shop refuses the connection. No health checks, no timeouts: who is silent is waited for. Chapter 11
// is about better ones. An order that breaks off is not sent again: it may have been carried out.
// Environment: PORT, SHOPS (`name=host:port`, by spaces), MACHINES (how many of them are in use). Dial: machines.
import { channel } from 'node:diagnostics_channel';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { dial, onDials } from '../_shared/dials.ts';

interface Shop {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  inFlight: number;
}

const shops = (process.env.SHOPS ?? 'shop1=127.0.0.1:8081 shop2=127.0.0.1:8082 shop3=127.0.0.1:8083')
  .split(' ')
  .map(parseShop);
let machines = Math.min(Number(process.env.MACHINES ?? 3), shops.length);
onDials((values) => {
  machines = Math.round(dial(values['machines'], machines, 1, shops.length));
});
const state = channel('brownout:state');
const agent = new Agent({ keepAlive: true });
let turn = 0;

function parseShop(text: string): Shop {
  const [, name, host, port] = /^(\w+)=([^:]+):(\d+)$/.exec(text) ?? [];
  if (!name || !host) throw new Error(`SHOPS: expected name=host:port, found '${text}': correct SHOPS`);
  return { name, host, port: Number(port), inFlight: 0 };
}

// #region next
/** Asks the next shop; where it refuses, the one after it, until each has been asked. */
function hand(incoming: IncomingMessage, response: ServerResponse, triesLeft: number): void {
  const shop = shops[turn++ % machines];
  if (!shop || triesLeft === 0) {
    refuse(response, 'no shop takes connections');
    return;
  }
  const { method, url: path, headers } = incoming;
  const outgoing = request({ host: shop.host, port: shop.port, method, path, headers, agent });
  const leave = () => outgoing.destroy();
  count(shop, 1);
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  outgoing.on('error', (error: NodeJS.ErrnoException) => {
    if (response.headersSent || response.destroyed) return;
    if (error.code === 'ECONNREFUSED') hand(incoming, response, triesLeft - 1);
    else refuse(response, `${shop.name} broke off: ${error.code}`);
  });
  outgoing.on('close', () => {
    response.off('close', leave);
    count(shop, -1);
  });
  response.on('close', leave);
  outgoing.end(); // Orders have no body; one that has loses it here.
}
// #endregion

function refuse(response: ServerResponse, reason: string): void {
  response.writeHead(502, { 'content-type': 'text/plain', 'x-served-by': 'balancer' });
  response.end(`${reason}\n`);
}

function count(shop: Shop, more: number): void {
  shop.inFlight += more;
  const inUse = shops.slice(0, machines);
  state.publish({ inFlight: Object.fromEntries(inUse.map((one) => [one.name, one.inFlight])) });
}

const server = createServer((incoming, response) => {
  incoming.on('error', () => {});
  incoming.resume();
  response.on('error', () => {});
  hand(incoming, response, machines);
});
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`hands requests on port ${port} to ${machines} shops`);
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
