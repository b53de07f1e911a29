// Experiment: the 99th percentile of ten servers at nine tenths, by random.
// Played by `npm run experiments -- ten-servers/random`.
import type { Experiment } from '../../_shared/experiment.ts';
import { p99Experiment } from '../readings/nearly-full.ts';

export const experiment: Experiment = p99Experiment(
  'random',
  'each server is an M/M/1 queue at .9: its times are exponential with a mean of 10 service times, so the 99th percentile is 10 × ln 100 = 46.05 of them',
  4605,
  270,
  'long runs of the queues have a deviation of 2 %, 90 ms, and three of these are 270; the programs, given the same traffic, were within 1 ms of the queues in each of three runs: their timers are whole milliseconds; round robin is at 2607',
  { requests: 6000, seeds: [1] },
);
