// Twelve guests on two cores do no more work together than two would: over-commit divides, it does not add.
// Measured as the cores in use.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

export const experiment: Experiment = {
  name: 'throughput-flat',
  theory: 'work done by n guests that never sleep on c cores: min(n, c) cores; n = 12, c = 2',
  expected: 2,
  tolerance: 0.006,
  unit: 'cores',
  because:
    'both cores may be in the middle of a slice of 10 ms at either end of the 10 s: up to 4 × 10 ms in 10 s is 0.004, and a slice may end 20 cycles late',
  scenarios: [crowd({ guests: 12, cores: 2 })],
  seeds: [1],
  measure: (runs) => firstValue(runs, 'total'),
};
