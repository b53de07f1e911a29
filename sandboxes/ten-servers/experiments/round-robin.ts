// Experiment: the 99th percentile of ten servers at nine tenths, by round-robin.
// Played by `npm run experiments -- ten-servers/round-robin`.
import type { Experiment } from '../../_shared/experiment.ts';
import { p99Experiment } from '../readings/nearly-full.ts';

export const experiment: Experiment = p99Experiment(
  'round-robin',
  'each server gets every tenth arrival (Erlang, 10 steps): times are exponential with a mean of 1 / (1 - σ) = 5.66 service times, where σ = (9 / (9 + 1 - σ))^10 = .823, so the 99th percentile is 5.66 × ln 100 = 26.07',
  2607,
  150,
  'long runs of the queues have a deviation of 1.9 %, 50 ms, and three of these are 150; the programs, given the same traffic, were within 2 ms of the queues in each of three runs; two choices are at 1045',
  { requests: 6000, seeds: [1] },
);
