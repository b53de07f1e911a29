// Everything is deleted on the primary: how long a replica still has it.
// Expected: the lag, and not a moment longer.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/drop.ts';

export const experiment: Experiment = {
  name: 'drop-reaches-replica',
  theory: 'the lag, 500 ms',
  expected: 500,
  tolerance: 110,
  unit: 'ms',
  because: 'The replica tells its state every 100 ms, and two fsyncs and a hop take 3 ms more.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, { replicaMs }) => sum + Number(replicaMs), 0) / runs.length,
};
