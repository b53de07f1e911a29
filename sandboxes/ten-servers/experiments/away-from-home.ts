// Experiment: what a bound of 1.25 costs: the share of the requests that are not served where their key is at home.
// Played by `npm run experiments -- ten-servers/away-from-home`.
import type { Experiment } from '../../_shared/experiment.ts';
import { away, ringMeasure } from '../readings/twenty.ts';

export const experiment: Experiment = {
  name: 'away-from-home',
  theory:
    'endlessly many requests: a server keeps of what reaches it the part that makes 1.25/20 of all, and the rest goes on along the ring; over 200 rings of 20 servers, 100,000 keys by Zipf (exponent 1), 13.1 % (12 % with a bound that is that of the end from the beginning)',
  expected: 13.1,
  tolerance: 0.9,
  unit: '%',
  because:
    'one ring has a deviation of 2.9 points, so that the mean of 200 has .21, the model’s .17: three times both together are .8; a thousand requests are not endlessly many; without a bound it would be 0, and at random 95',
  ...ringMeasure('hashed-bounded', away, 'awayPercent'),
};
