// Experiment: how much fuller than the mean consistent hashing lets one server become, if wanted keys are very wanted.
// Played by `npm run experiments -- ten-servers/hashed`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/hashed.ts';

export const experiment: Experiment = {
  name: 'hashed',
  theory:
    'model: 600 rings of 10 servers with 100 places each, 2000 requests for 1000 keys by Zipf (exponent 1): 2.22 times the mean',
  expected: 2.22,
  tolerance: 0.37,
  unit: '',
  because:
    'where the most wanted keys fall is luck: one ring has a deviation of .35, so that the mean of 8 has .12; three of these; with a bound it would be 1.25',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['maxOverMean']), 0) / runs.length,
};
