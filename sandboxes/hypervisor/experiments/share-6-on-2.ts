// 6 guests that never sleep on 2 cores: each gets a third of a core.
// Measured on the guest that got least, so that an unequal split cannot hide in a mean.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

export const experiment: Experiment = {
  name: 'share-6-on-2',
  theory: 'n guests that never sleep on c cores: each gets min(1, c/n) of a core; n = 6, c = 2',
  expected: Math.min(1, 2 / 6),
  tolerance: 0.004,
  unit: 'of a core',
  because:
    'the books are read at two moments, and each may lie anywhere in a slice of 10 ms: up to 20 ms in 10 s is 0.002; traps at the end of a slice add less than that',
  scenarios: [crowd({ guests: 6, cores: 2 })],
  seeds: [1],
  measure: (runs) => firstValue(runs, 'leastShare'),
};
