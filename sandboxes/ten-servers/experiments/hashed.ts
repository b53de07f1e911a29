// Experiment: how much fuller than the mean consistent hashing lets one of twenty servers become.
// Played by `npm run experiments -- ten-servers/hashed`.
import type { Experiment } from '../../_shared/experiment.ts';
import { fullest, ringMeasure } from '../readings/twenty.ts';

export const experiment: Experiment = {
  name: 'hashed',
  theory:
    'model: 200 rings of 20 servers with 100 places each, 2000 requests for 100,000 keys by Zipf (exponent 1): 2.54 times the mean',
  expected: 2.54,
  tolerance: 0.11,
  unit: '',
  because:
    'one ring has a deviation of .36, so that the mean of 200 has .026, the model’s as well as ours: three times both together are .11; the programs must send every request where the rule does, or their runs add the difference; with a bound it would be 1.25',
  ...ringMeasure('hashed', fullest, 'maxOverMean'),
};
