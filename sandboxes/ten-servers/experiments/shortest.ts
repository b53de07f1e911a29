// Experiment: the 99th percentile of ten servers at nine tenths, by shortest.
// Played by `npm run experiments -- ten-servers/shortest`.
import type { Experiment } from '../../_shared/experiment.ts';
import { p99Experiment } from '../readings/nearly-full.ts';

export const experiment: Experiment = p99Experiment(
  'shortest',
  'model of ten single queues, 3 million requests: 7.85 service times',
  785,
  54,
  'an answer is under way for a quarter of a millisecond, so that now and then the programs choose otherwise than the queues alone: in 14 runs by 24 ms more or less, which is 17 for a mean of two; long runs of the queues have a deviation of 6; three times both together are 54; two choices are at 1045',
  { requests: 12_000, seeds: [1, 2] },
);
