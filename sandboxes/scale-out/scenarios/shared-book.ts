// Three small machines and one book for all of them, in the store. A shop looks, lets the customer pay for 250 ms, and
// takes. After 6 seconds the store is killed.
// Must show seats sold to those who had looked and not yet taken, a question that costs milliseconds, and that without
// the store three shops that are well sell nothing.
import type { Run, Scenario } from '../../_shared/check.ts';
import { between, dueBetween, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { median, salesOf } from './own-books.ts';

const SEATS = 300;
const KILL_MS = 6000;
const PAY_MS = 250;
const RATE = 160;

/** The median time of an answer of the store's, seen from a shop: microseconds. */
export function storeCallUs(run: Run): number {
  const started = new Map<string, number>();
  const took: number[] = [];
  for (const event of run.events) {
    if (event.kind !== 'http' || event.side !== 'client' || !event.machine.startsWith('shop')) continue;
    const key = `${event.machine} ${event.id}`;
    if (event.phase === 'start') started.set(key, event.atNs);
    const begun = started.get(key);
    if (event.phase === 'end' && begun !== undefined) took.push((event.atNs - begun) / 1000);
  }
  return median(took);
}

const shops = ['shop1', 'shop2', 'shop3'].map((shop) => [shop, { PAY_MS: String(PAY_MS), SERVICE_MS: '1' }]);

/** The rush for the last seats; the scenarios differ in how a shop sells. */
export const rush: Omit<Scenario, 'name' | 'shows'> = {
  title: `${SEATS} seats, ${RATE} orders a second, three small machines with one store; after 6 seconds it is killed.`,
  // Near the mean of many runs; how far single ones stray says experiments/oversold.ts.
  seed: 1,
  untilMs: 8000,
  env: {
    clients: { RATE: String(RATE) },
    ...Object.fromEntries(shops),
    store: { SEATS: String(SEATS) },
  },
  actions: [{ atNs: KILL_MS * 1e6, do: 'kill', machine: 'store' }],
  values(run) {
    const sales = salesOf(run);
    const samples = samplesOf(run);
    const after = dueBetween(samples, KILL_MS, Number.POSITIVE_INFINITY);
    return {
      seats: SEATS,
      ...sales,
      oversold: sales.sold - SEATS,
      payMs: PAY_MS,
      rate: RATE,
      model: (RATE * PAY_MS) / 1000,
      storeCallMs: storeCallUs(run) / 1000,
      lostBefore: lostAmong(dueBetween(samples, 0, KILL_MS - 1000)),
      lostWithoutStore: lostAmong(after),
      answeredWithoutStore: after.length - lostAmong(after),
    };
  },
};

export const scenario: Scenario = {
  name: 'shared-book',
  ...rush,
  shows(run) {
    const { oversold, storeCallMs, answeredWithoutStore } = rush.values(run);
    return [
      // Poisson with mean 40: three standard deviations.
      between('seats sold twice', Number(oversold), 21, 60),
      between('an answer of the store, ms', Number(storeCallMs), 2, 4),
      between('answered without the store', Number(answeredWithoutStore), 0, 0),
    ];
  },
};
