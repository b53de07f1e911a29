// Experiment: the 99th percentile of ten servers at nine tenths, by random.
// Played by `npm run experiments -- ten-servers/random`.
import type { Experiment } from '../../_shared/experiment.ts';
import { nearlyFull } from '../scenarios/two-choices.ts';

export const experiment: Experiment = {
  name: 'random',
  theory:
    'each server is an M/M/1 queue at .9: its times are exponential with a mean of 10 service times, so the 99th percentile is 10 × ln 100 = 46.05 of them',
  expected: 4605,
  tolerance: 1380,
  unit: 'ms',
  because:
    'a line at .9 forgets only after hundreds of service times: of 10 servers over 9000 of them a mean has a deviation of 7 %, its tail of about 10 %; three of these, and round robin is at 2607',
  scenarios: [nearlyFull('random', 40_000, [0, 1e9])],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['p99Ms']), 0) / runs.length,
};
