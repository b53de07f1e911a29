// The outside world: people who look at items, popular ones far more often (Zipf), and now and then order one.
// Asks `GET /item?id=K&request=N` or `POST /order?id=N`, N counting from 1; tells what each answer held on
// `brownout:answer`, and prints one line for each second.
// Environment: TARGET, RATE, WRITES, ITEMS, ALPHA, TIMEOUT_MS, SEED. Dials: ratePerSecond, writes, alpha.
import { channel } from 'node:diagnostics_channel';
import { dial, onDials } from '../_shared/dials.ts';
import { type RequestSample, startLoad } from '../_shared/load.ts';
import { zipf } from './zipf.ts';

const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
let ratePerSecond = Number(process.env.RATE ?? 100);
let writes = Number(process.env.WRITES ?? 0);
const items = Number(process.env.ITEMS ?? 1000);
let alpha = Number(process.env.ALPHA ?? 1);
let pick = zipf(items, alpha);
const answers = channel('brownout:answer');
let answered: RequestSample[] = [];
let lost = 0;

function start(): void {
  startLoad({
    host,
    port: Number(port),
    ratePerSecond: () => ratePerSecond,
    // In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
    seed: Number(process.env.SEED ?? Math.random() * 2 ** 32),
    timeoutMs: Number(process.env.TIMEOUT_MS ?? 3000),
    ask: (id, chance) => {
      if (chance < writes) return { method: 'POST', path: `/order?id=${id}` };
      const item = pick((chance - writes) / (1 - writes));
      return { method: 'GET', path: `/item?id=${item}&request=${id}` };
    },
    onHead(id, { etag }) {
      const [, item, version] = /^"(\d+)-(\d+)"$/.exec(etag ?? '') ?? [];
      if (item !== undefined) answers.publish({ id, item: Number(item), version: Number(version) });
    },
    onSample(sample) {
      if (sample.ok) answered.push(sample);
      else lost++;
    },
  });
}
if (ratePerSecond > 0) start(); // 0: nobody comes, ever.

onDials((values) => {
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 1000);
  writes = dial(values['writes'], writes, 0, 0.9);
  alpha = dial(values['alpha'], alpha, 0, 3);
  pick = zipf(items, alpha);
});

setInterval(() => {
  const latencies = answered.map((sample) => sample.latencyMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  if (ratePerSecond > 0)
    console.log(`answered ${answered.length}, lost ${lost}, median ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  answered = [];
  lost = 0;
}, 1000);
