// The outside world and its balancer in one program: requests are due on a clock (Poisson), each goes to the server that
// pick.ts chooses. The first WARM_UP of them are not counted. Publishes now and then, and after the last of REQUESTS, how
// full the fullest server is; when all are answered it prints and publishes how long they took. Keys: by Zipf's law.
// Stands alone on its machine. Environment: SERVERS (host:port, by spaces), PICK, RATE, REQUESTS, WARM_UP, KEYS, SEED.
// Dial: ratePerSecond.

import { createSocket } from 'node:dgram';
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { exponential, seededRandom } from '../_shared/random.ts';
import { pickCalled } from './pick.ts';
import { fullestAndMean, maxOverMean, Tally } from './tally.ts';
import { zipf } from './zipf.ts';

const servers = (process.env.SERVERS ?? '127.0.0.1:9001').split(' ').map((place) => {
  const [host = '', port = ''] = place.split(':');
  return { host, port: Number(port) };
});
let ratePerSecond = Number(process.env.RATE ?? 90);
onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 10_000);
});
const requests = Number(process.env.REQUESTS ?? 2000);
const tally = new Tally(Number(process.env.WARM_UP ?? 200));
// In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
const random = seededRandom(Number(process.env.SEED ?? Math.random() * 2 ** 32));
const pick = pickCalled(process.env.PICK ?? 'bounded', random, servers.length);
const keyOf = zipf(Number(process.env.KEYS ?? 1000), random);
const inFlight = servers.map(() => 0);
const waiting = new Map<number, { server: number; dueMs: number }>();
const socket = createSocket('udp4');
const state = channel('brownout:state');
const telling = setInterval(() => state.publish({ inFlight: fullestAndMean(inFlight) }), 250);
let sent = 0;
let dueMs = 0;

function send(): void {
  const server = pick(inFlight, keyOf());
  const place = servers[server];
  if (place === undefined)
    throw new Error(`expected a server from 0 to ${servers.length - 1}, found ${server}`);
  sent++;
  waiting.set(sent, { server, dueMs });
  inFlight[server] = (inFlight[server] ?? 0) + 1;
  socket.send(String(sent), place.port, place.host);
  if (sent === requests) state.publish({ maxOverMean: maxOverMean(inFlight) });
}

function sendWhatIsDue(): void {
  while (dueMs <= performance.now() && sent < requests) {
    send();
    dueMs += (exponential(random) * 1000) / ratePerSecond;
  }
  if (sent < requests) setTimeout(sendWhatIsDue, Math.max(0, dueMs - performance.now()));
}

socket.on('message', (bytes) => {
  const number = Number(bytes.toString('latin1'));
  const request = waiting.get(number);
  if (request === undefined) return;
  waiting.delete(number);
  inFlight[request.server] = (inFlight[request.server] ?? 0) - 1;
  tally.answered(number, performance.now() - request.dueMs);
  if (waiting.size > 0 || sent < requests) return;
  const told = tally.told();
  console.log(`${told.answered} answered, mean ${told.meanMs} ms, p99 ${told.p99Ms} ms`);
  clearInterval(telling);
  state.publish(told);
  socket.close();
});
socket.on('error', (error) => console.error(error.message));
socket.bind(0, () => {
  dueMs = performance.now() + 100; // Servers that start at the same time are ready by then.
  sendWhatIsDue();
});
