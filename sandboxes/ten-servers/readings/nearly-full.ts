// The experiments of ten servers that are busy nine tenths of their time: how long the slowest in a hundred wait.
// A line at .9 has a long memory: two runs of 12,000 requests may differ by a third and more, and thousands of runs would
// be needed to see the mean. But most of that luck is the traffic's, and the same traffic can be put through the queues
// alone (queues.ts), which takes milliseconds. So: what a long run of the queues gives, and to that what runs of the
// programs differ from the queues by, given the very same traffic. (A control variate.) Used by experiments/.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment, Values } from '../../_shared/experiment.ts';
import { nearlyFull } from '../scenarios/two-choices.ts';
import { latenciesOf, p99Of, SERVERS, serverSeed } from './queues.ts';

const LONG = 2_000_000;
const LONG_WARM_UP = 20_000;

/** All chance of the run follows from `seed`: the clients', and each server's. */
function seeded(name: string, seed: number, requests: number): Scenario {
  const plain = nearlyFull(name, requests, [0, Number.POSITIVE_INFINITY]);
  const servers = Array.from({ length: SERVERS }, (_, server): [string, Record<string, string>] => [
    `server${server + 1}`,
    { WORK_SEED: String(serverSeed(seed, server)) },
  ]);
  const clients = { ...plain.env?.['clients'], SEED: String(seed) };
  return { ...plain, env: { clients, ...Object.fromEntries(servers) } };
}

/** How much longer the 99th percentile of the run is than that of the same traffic in the queues alone. */
function excess(name: string, seed: number, requests: number, run: Values | undefined): number {
  return Number(run?.['p99Ms']) - p99Of(latenciesOf(name, seed, requests), Math.round(requests / 10));
}

/** `name` is a way to choose; one run of so many requests for each of `seeds`. */
export function p99Experiment(
  name: string,
  theory: string,
  expected: number,
  tolerance: number,
  because: string,
  { requests, seeds }: { readonly requests: number; readonly seeds: readonly number[] },
): Experiment {
  return {
    ...{ name, theory, expected, tolerance, because },
    unit: 'ms',
    scenarios: seeds.map((seed) => seeded(name, seed, requests)),
    seeds: [1],
    measure(runs) {
      const excesses = seeds.map((seed, index) => excess(name, seed, requests, runs[index]?.[0]));
      const long = p99Of(latenciesOf(name, 1, LONG), LONG_WARM_UP);
      return long + excesses.reduce((sum, one) => sum + one, 0) / seeds.length;
    },
  };
}
