// One of many servers: takes one request after another, the others wait. A request is a datagram with a number, the
// answer the same number; anything else is answered with `?`. A timer stands for the work: exponential, as theory likes it.
// Environment: PORT, MACHINE, SERVICE_MS (mean), WORK_SEED: not SEED, which is the same on all machines of a run.
import { createSocket } from 'node:dgram';
import { exponential, seededRandom } from '../_shared/random.ts';

const serviceMs = Number(process.env.SERVICE_MS ?? 100);
const random = seededRandom(Number(process.env.WORK_SEED ?? Math.random() * 2 ** 32));
const socket = createSocket('udp4');
const line: { number: string; port: number; address: string }[] = [];
let freeAtMs = 0;

/** Each is done a service time after it came, or after the one before it was done. */
function take(number: string, port: number, address: string): void {
  const nowMs = performance.now();
  freeAtMs = Math.max(freeAtMs, nowMs) + exponential(random) * serviceMs;
  line.push({ number, port, address });
  setTimeout(() => {
    const one = line.shift();
    if (one) socket.send(one.number, one.port, one.address);
  }, freeAtMs - nowMs);
}

socket.on('message', (bytes, { port, address }) => {
  const number = bytes.toString('latin1');
  if (/^\d{1,9}$/.test(number)) take(number, port, address);
  else socket.send('?', port, address);
});
socket.on('error', (error) => console.error(error.message)); // An answer that cannot be sent costs one client, not all.
socket.bind(Number(process.env.PORT ?? 9001), () => {
  console.log(`${process.env.MACHINE ?? 'server'} listens on port ${socket.address().port}`);
});
process.once('SIGTERM', () => process.exit(0));
