// Experiment: with a bound of 1.25 no server becomes fuller than that, and the fullest is just as full.
// Played by `npm run experiments -- ten-servers/hashed-bounded`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/hashed-bounded.ts';

export const experiment: Experiment = {
  name: 'hashed-bounded',
  theory:
    'the bound itself, since the home of the most wanted keys would have more without it: c = 1.25 times the mean',
  expected: 1.25,
  tolerance: 0.006,
  unit: '',
  because: 'the bound is rounded up to a whole request: 1 of 200 in the mean',
  scenarios: [scenario],
  seeds: [1, 2, 3],
  measure: ([runs = []]) => Math.max(...runs.map((one) => Number(one['maxOverMean']))),
};
