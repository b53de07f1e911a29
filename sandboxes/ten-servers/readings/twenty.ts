// Twenty servers and a hundred thousand keys, as in the models of consistent hashing with a bound: ten more machines than
// cluster.json has. Two thousand requests at once, and nobody answers in time.
// Where the most wanted keys fall on the ring is luck. As in nearly-full.ts it is taken out: what the rule alone gives over
// two hundred rings, and to that what runs of the programs differ from the rule by. Used by scenarios/ and experiments/.
import type { Machine, Run, Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { BURST, burst } from '../scenarios/hashed.ts';
import { maxOverMean } from '../tally.ts';
import { awayPercent, type Burst, chosenBy, sentTo } from './homes.ts';

const SERVERS = 20;
const KEYS = 100_000;
const RINGS = 200;

const more = Array.from({ length: 10 }, (_, index): Machine => {
  return {
    name: `server${index + 11}`,
    program: 'server.ts',
    listens: { PORT: 9000 },
    env: { SERVICE_MS: '1000000' },
  };
});
const places = Array.from({ length: SERVERS }, (_, index) => `\${server${index + 1}:9000}`).join(' ');

type Way = 'hashed' | 'hashed-bounded';

/** What a reading says of the servers that the requests went to, in order. */
export type Reading = (went: readonly number[], burst: Burst) => number;

export const fullest: Reading = (went) => {
  const counts = Array.from({ length: SERVERS }, (_, server) => went.filter((one) => one === server).length);
  return maxOverMean(counts);
};

/** Before the second half a bound is a few requests, rounded up, and sends on what a larger one keeps. */
export const away: Reading = (went, clients) => awayPercent(went, clients, BURST / 2);

function burstOf(seed: number): Burst {
  return { seed, servers: SERVERS, keys: KEYS, requests: BURST };
}

/** By `way`; all chance of the clients follows from `seed`. */
export function twenty(way: Way, seed: number, shows: Scenario['shows']): Scenario {
  const { env = {}, ...plain } = burst(way, [0, SERVERS]);
  const clients = { ...env['clients'], SERVERS: places, KEYS: String(KEYS), SEED: String(seed) };
  return {
    ...plain,
    name: `twenty-${way}`,
    title: `${BURST} requests at once to twenty servers, by ${way}.`,
    machines: more,
    env: { ...env, clients },
    shows,
    values: (run) => valuesOf(run, seed),
  };
}

export function valuesOf(run: Run, seed: number): { maxOverMean: number; awayPercent: number } {
  const went = sentTo(run);
  return { maxOverMean: fullest(went, burstOf(seed)), awayPercent: away(went, burstOf(seed)) };
}

/** One number over many rings: the rule alone, and what two runs differ from it by. */
export function ringMeasure(way: Way, reading: Reading, value: 'maxOverMean' | 'awayPercent') {
  const alone = (seed: number) => reading(chosenBy(way, burstOf(seed)), burstOf(seed));
  const seeds = [1, 2];
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    scenarios: seeds.map((seed) => twenty(way, seed, () => [])),
    seeds: [1],
    measure: (runs) =>
      mean(Array.from({ length: RINGS }, (_, ring) => alone(101 + ring))) +
      mean(seeds.map((seed, index) => Number(runs[index]?.[0]?.[value]) - alone(seed))),
  } satisfies Partial<Experiment>;
}
