// One site of ten turns from 5 requests a second to 200, and the server has one line for everybody.
// Must show that all ten lose the same share and wait the same time: a line without sites shares misery by demand.
import type { Action, Run, Scenario } from '../../_shared/check.ts';
import type { RequestSample } from '../../_shared/load.ts';
import { between, dueBetween, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';

const BURST_MS = 2000;
/** A line of 500 that grows by 145 a second is full after 3.4 s. Requests due in these eight seconds are counted. */
export const FROM_MS = 6000;
export const TO_MS = 14_000;
/** In one line the last of them has waited its five seconds and a bit by now; in turns, one second. */
const UNTIL_MS = { fifo: 20_000, quota: 15_000, fair: 16_000 } as const;

/** What became of the requests of the busy site and of the nine others that were due while the line was full. */
export function fatesOf(run: Run): Readonly<Record<string, number>> {
  const busyIds = new Set<number>();
  for (const event of run.events) {
    if (event.kind !== 'publish' || event.channel !== 'brownout:asked') continue;
    const { id, busy } = event.value as { id: number; busy: boolean };
    if (busy) busyIds.add(id);
  }
  const all = samplesOf(run);
  const due = dueBetween(all, FROM_MS, TO_MS);
  const busy = due.filter(({ id }) => busyIds.has(id));
  const neighbors = due.filter(({ id }) => !busyIds.has(id));
  const answered = all.filter(({ ok, intendedMs, latencyMs: took }) => {
    const atMs = intendedMs + took;
    return ok && atMs >= FROM_MS && atMs < TO_MS;
  });
  return {
    neighborsAsked: neighbors.length,
    neighborsLost: lostAmong(neighbors),
    neighborsPercent: percentAnswered(neighbors),
    neighborsMeanMs: meanMs(neighbors),
    neighborsP99Ms: latencyMs(neighbors, 0.99),
    busyPercent: percentAnswered(busy),
    busyMeanMs: meanMs(busy),
    answeredPerSecond: answered.length / ((TO_MS - FROM_MS) / 1000),
  };
}

function percentAnswered(samples: readonly RequestSample[]): number {
  return samples.length === 0 ? 0 : 100 * (1 - lostAmong(samples) / samples.length);
}

function meanMs(samples: readonly RequestSample[]): number {
  const answered = samples.filter(({ ok }) => ok);
  return answered.reduce((sum, sample) => sum + sample.latencyMs, 0) / Math.max(1, answered.length);
}

export type Bounds = Readonly<Record<string, readonly [least: number, most: number]>>;

/** The busy site's dial is turned at BURST_MS; `bounds` are what the values of this line must lie between. */
export function noisy(
  about: Pick<Scenario, 'name' | 'title'>,
  line: keyof typeof UNTIL_MS,
  bounds: Bounds,
  dials: Readonly<Record<string, unknown>> = { busyPerSecond: 200 },
): Scenario {
  const turn: Action = {
    atNs: BURST_MS * 1e6,
    do: 'input',
    machine: 'clients',
    text: `${JSON.stringify(dials)}\n`,
  };
  return {
    ...about,
    seed: 4711,
    untilMs: UNTIL_MS[line],
    env: line === 'fifo' ? {} : { server: { LINE: line } },
    actions: [turn],
    shows(run) {
      const fates = fatesOf(run);
      return Object.entries(bounds).map(([name, [least, most]]) =>
        between(name, fates[name] ?? Number.NaN, least, most),
      );
    },
    values: fatesOf,
  };
}

export const scenario = noisy(
  {
    name: 'noisy-fifo',
    title: 'After 2 seconds bread.example turns from 5 requests a second to 200; one line for all.',
  },
  'fifo',
  {
    neighborsPercent: [33, 49],
    busyPercent: [36, 46],
    neighborsMeanMs: [4600, 5400],
    busyMeanMs: [4600, 5400],
    answeredPerSecond: [90, 110],
  },
);
