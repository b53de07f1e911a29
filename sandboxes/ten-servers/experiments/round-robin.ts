// Experiment: the 99th percentile of ten servers at nine tenths, by round-robin.
// Played by `npm run experiments -- ten-servers/round-robin`.
import type { Experiment } from '../../_shared/experiment.ts';
import { nearlyFull } from '../scenarios/two-choices.ts';

export const experiment: Experiment = {
  name: 'round-robin',
  theory:
    'each server gets every tenth arrival (Erlang, 10 steps): times are exponential with a mean of 1 / (1 - σ) = 5.66 service times, where σ = (9 / (9 + 1 - σ))^10 = .823, so the 99th percentile is 5.66 × ln 100 = 26.07',
  expected: 2607,
  tolerance: 650,
  unit: 'ms',
  because:
    'as for random, but arrivals at a server are ten times as regular, so that a line forgets in half the time: 8 % with half as many requests; three of these, and the neighbors are at 4605 and 1045',
  scenarios: [nearlyFull('round-robin', 40_000, [0, 1e9])],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['p99Ms']), 0) / runs.length,
};
