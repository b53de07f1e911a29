// Experiment: with a bound of 1.25 none of twenty servers becomes fuller than that, and the fullest is just as full.
// Played by `npm run experiments -- ten-servers/hashed-bounded`.
import type { Experiment } from '../../_shared/experiment.ts';
import { twenty } from '../readings/twenty.ts';

export const experiment: Experiment = {
  name: 'hashed-bounded',
  theory:
    'the bound itself, since the home of the most wanted keys would have more without it: c = 1.25 times the mean',
  expected: 1.25,
  tolerance: 0.01,
  unit: '',
  because:
    'counts are whole requests, and one of 100 in the mean is .01: the fullest may just then lack one; none may have one too many, which would be seen as 100 more',
  scenarios: [1, 2].map((seed) => twenty('hashed-bounded', seed, () => [])),
  seeds: [1],
  measure(runs) {
    const most = Math.max(...runs.flat().map((one) => Number(one['maxOverMean'])));
    return most > 1.25 ? most + 100 : most;
  },
};
