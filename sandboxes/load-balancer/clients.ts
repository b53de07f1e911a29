// The outside world: many people who look at items and, now and then, order one.
// Asks `GET /item?id=N` or `POST /order?id=N`, N counting from 1; prints one line for each second.
// Stands alone on its machine. Environment: TARGET, RATE, WRITES, TIMEOUT_MS, SEED. Dials: ratePerSecond, writes.
import { dial, onDials } from '../_shared/dials.ts';
import { type RequestSample, startLoad } from '../_shared/load.ts';

const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
let ratePerSecond = Number(process.env.RATE ?? 90);
let writes = Number(process.env.WRITES ?? 0.2);
const timeoutMs = Number(process.env.TIMEOUT_MS ?? 3000);
// In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
const seed = Number(process.env.SEED ?? Math.random() * 2 ** 32);

let answered: RequestSample[] = [];
let lost = 0;

startLoad({
  host,
  port: Number(port),
  ratePerSecond: () => ratePerSecond,
  seed,
  timeoutMs,
  // A request of its own number, so that whoever reads the trace can tell every request from every other.
  ask: (id, chance) =>
    chance < writes ? { method: 'POST', path: `/order?id=${id}` } : { method: 'GET', path: `/item?id=${id}` },
  onSample(sample) {
    if (sample.ok) answered.push(sample);
    else lost++;
  },
});

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 1000);
  writes = dial(values['writes'], writes, 0, 1);
});

setInterval(() => {
  const latencies = answered.map((sample) => sample.latencyMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  console.log(`answered ${answered.length}, lost ${lost}, median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  answered = [];
  lost = 0;
}, 1000);
