// 1, 2, 4, 8 small machines with one store, each count for a while, always with more traffic than they can do.
// Must show that two sell twice as much as one, four nearly four times, and eight only what the store can write down.
import type { Action, Run, Scenario } from '../../_shared/check.ts';
import { between, samplesOf } from '../../_shared/reading.ts';

export const COUNTS = [1, 2, 4, 8] as const;
/** Where each stage begins; the first is long, because all others are measured by it. */
const BEGIN_MS = [0, 14_000, 20_000, 26_000, 36_000] as const;
export const UNTIL_MS = 36_000;
/** Counted is from so long after its beginning to the end of a stage: by then every machine in use is busy. */
const SETTLED_MS = 3000;
/** CPU time of an order in a shop, and in the store: two requests, a look and a sale. */
export const SERVICE_MS = 80;
export const STORE_MS = 8;
const shops = Array.from({ length: 8 }, (_, index) => `shop${index + 1}`);

/** At the beginning of each stage `turn` says what is typed to which machine. */
export function stages(turn: (count: (typeof COUNTS)[number]) => Readonly<Record<string, object>>): Action[] {
  return COUNTS.flatMap((count, stage) =>
    Object.entries(turn(count)).map(
      ([machine, values]): Action => ({
        atNs: ((BEGIN_MS[stage] ?? 0) + 1) * 1e6,
        do: 'input',
        machine,
        text: `${JSON.stringify(values)}\n`,
      }),
    ),
  );
}

/**
 * Orders per second that so many machines of one core are offered: more than they can do, so that they are always busy,
 * and not much more, so that what nobody will finish in time takes nothing from the rest.
 */
export const OFFERED: Readonly<Record<(typeof COUNTS)[number], number>> = { 1: 16, 2: 29, 4: 54, 8: 66 };

/** Orders answered per second in each stage, and how many times that of the first. */
export function growthOf(run: Run): Record<string, number> {
  const doneMs = samplesOf(run).flatMap((one) => (one.ok ? [one.intendedMs + one.latencyMs] : []));
  const rates = COUNTS.map((_, stage) => {
    const from = (BEGIN_MS[stage] ?? 0) + SETTLED_MS;
    const to = BEGIN_MS[stage + 1] ?? UNTIL_MS;
    return (doneMs.filter((ms) => ms >= from && ms < to).length * 1000) / (to - from);
  });
  const [one = 1] = rates;
  return Object.fromEntries(
    COUNTS.flatMap((count, stage) => {
      const rate = rates[stage] ?? 0;
      return [
        [`rate${count}`, rate],
        [`times${count}`, rate / one],
      ];
    }),
  );
}

export const scenario: Scenario = {
  name: 'grow-small',
  title: '1, 2, 4, 8 small machines with one store, one after another, with more traffic than they can do.',
  seed: 4711,
  untilMs: UNTIL_MS,
  env: {
    clients: { RATE: String(OFFERED[1]), TIMEOUT_MS: '60000' },
    ...Object.fromEntries(
      shops.map((shop) => [
        shop,
        { SERVICE_MS: String(SERVICE_MS), PAY_MS: '0', STORE_PATIENCE_MS: '60000' },
      ]),
    ),
    store: { SEATS: '100000', STORE_MS: String(STORE_MS) },
  },
  actions: stages((count) => ({
    balancer: { machines: count },
    clients: { ratePerSecond: OFFERED[count] },
  })),
  shows(run) {
    const { times2 = 0, times4 = 0, times8 = 0 } = growthOf(run);
    return [
      between('two machines, times one', times2, 1.75, 2.25),
      between('four machines, times one', times4, 3.6, 4.4),
      between('eight machines, times one', times8, 4.5, 5.5),
    ];
  },
  values(run) {
    const growth = growthOf(run);
    return {
      ...growth,
      perMachine8: (growth['rate8'] ?? 0) / 8,
      cap: SERVICE_MS / (2 * STORE_MS),
      serviceMs: SERVICE_MS,
      storePerOrderMs: 2 * STORE_MS,
      storePerSecond: 1000 / (2 * STORE_MS),
    };
  },
};
