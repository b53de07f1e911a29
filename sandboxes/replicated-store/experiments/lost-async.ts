// Acknowledged by the primary alone, copied half a second later: what its power cut takes along.
// Expected: rate times lag.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/async-failover.ts';

export const experiment: Experiment = {
  name: 'lost-async',
  theory: 'rate × lag = 200 writes/s × 0.5 s',
  expected: 100,
  tolerance: 15,
  unit: 'acknowledged writes',
  because:
    'The count of a run is Poisson: its standard deviation is √100 = 10, that of the mean of 4 runs 5, and three of these are allowed.',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, { lost }) => sum + Number(lost), 0) / runs.length,
};
