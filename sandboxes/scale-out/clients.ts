// The outside world: people who each want one seat. Asks `POST /order?id=N`, N counting from 1, on a clock that waits
// for nobody; prints one line for each second. Stands alone on its machine.
// Environment: BIG, SMALL (host:port), TO (big or small), RATE, TIMEOUT_MS, SEED. Dials: to, ratePerSecond.
import { dial, onDials } from '../_shared/dials.ts';
import { type RequestSample, startLoad } from '../_shared/load.ts';

const places: Readonly<Record<string, readonly [host: string, port: number]>> = {
  big: parsePlace(process.env.BIG ?? '127.0.0.1:8070'),
  small: parsePlace(process.env.SMALL ?? '127.0.0.1:8080'),
};
let place = placeCalled(process.env.TO ?? 'small');
let ratePerSecond = Number(process.env.RATE ?? 60);
let samples: RequestSample[] = [];

function parsePlace(text: string): readonly [string, number] {
  const [host = '', port = ''] = text.split(':');
  return [host, Number(port)];
}

function placeCalled(name: string): readonly [string, number] {
  const found = places[name];
  if (found) return found;
  throw new Error(`TO: expected big or small, found '${name}': correct TO`);
}

startLoad({
  get host() {
    return place[0];
  },
  get port() {
    return place[1];
  },
  ratePerSecond: () => ratePerSecond,
  // In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
  seed: Number(process.env.SEED ?? Math.random() * 2 ** 32),
  timeoutMs: Number(process.env.TIMEOUT_MS ?? 10_000),
  ask: (id) => ({ method: 'POST', path: `/order?id=${id}` }),
  onSample: (sample) => void samples.push(sample),
});

onDials((values) => {
  if (values['to'] !== undefined) place = placeCalled(String(values['to']));
  ratePerSecond = dial(values['ratePerSecond'], ratePerSecond, 1, 1000);
});

setInterval(() => {
  const count = (fits: (sample: RequestSample) => boolean) => samples.filter(fits).length;
  const sold = count(({ status }) => status === 201);
  const refused = count(({ status }) => status === 409);
  console.log(`sold ${sold}, sold out ${refused}, lost ${count(({ ok }) => !ok)}`);
  samples = [];
}, 1000);
