// Steal is what was wanted and not got: of six guests that never sleep on two cores, two thirds of each one's time.
// Measured on the guest from which most was stolen.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

export const experiment: Experiment = {
  name: 'steal',
  theory: 'steal = wanted - got = 1 - c/n; n = 6, c = 2',
  expected: 1 - 2 / 6,
  tolerance: 0.004,
  unit: 'of its time',
  because:
    'as for the shares: up to two slices of 10 ms in 10 s, 0.002, and as much for the guest that got least',
  scenarios: [crowd({ guests: 6, cores: 2 })],
  seeds: [1],
  measure: (runs) => firstValue(runs, 'mostSteal'),
};
