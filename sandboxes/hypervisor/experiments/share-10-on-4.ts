// 10 guests that never sleep on 4 cores: each gets two fifths of a core.
// Measured on the guest that got least, so that an unequal split cannot hide in a mean.
import type { Experiment } from '../../_shared/experiment.ts';
import { crowd, firstValue } from '../readings/crowd.ts';

export const experiment: Experiment = {
  name: 'share-10-on-4',
  theory: 'n guests that never sleep on c cores: each gets min(1, c/n) of a core; n = 10, c = 4',
  expected: Math.min(1, 4 / 10),
  tolerance: 0.004,
  unit: 'of a core',
  because:
    'the books are read at two moments, and each may lie anywhere in a slice of 10 ms: up to 20 ms in 10 s is 0.002; traps at the end of a slice add less than that',
  scenarios: [crowd({ guests: 10, cores: 4 })],
  seeds: [1],
  measure: (runs) => firstValue(runs, 'leastShare'),
};
