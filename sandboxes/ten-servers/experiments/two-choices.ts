// Experiment: the 99th percentile of ten servers at nine tenths, by two-choices.
// Played by `npm run experiments -- ten-servers/two-choices`.
import type { Experiment } from '../../_shared/experiment.ts';
import { p99Experiment } from '../readings/nearly-full.ts';

export const experiment: Experiment = p99Experiment(
  'two-choices',
  'model of ten single queues, 3 million requests: 10.45 service times',
  1045,
  52,
  'an answer is under way for a quarter of a millisecond, so that now and then the programs choose otherwise than the queues alone: in 14 runs by 20 ms more or less, which is 14 for a mean of two; long runs of the queues have a deviation of 10; three times both together are 52; the shortest queue is at 785',
  { requests: 12_000, seeds: [1, 2] },
);
