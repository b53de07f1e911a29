// One key, 100 requests a second, loads of half a second, nobody coordinates: 1 + 100 x 0.5 = 51 loads for each expiry.
// The mean of all whole expiries of two runs. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../readings/reading.ts';
import { stampedeLoads } from '../readings/theory.ts';
import { scenario } from '../scenarios/stampede.ts';

export const experiment: Experiment = {
  name: 'stampede',
  theory: '1 + rate × duration of a load',
  expected: stampedeLoads(100, 0.5),
  tolerance: 8,
  unit: 'loads',
  because:
    'Poisson arrivals: each expiry has a standard deviation of √50 = 7.1 loads, the mean of 7 expiries one of 2.7; three of them.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => mean(runs.map(({ loadsPerExpiry }) => Number(loadsPerExpiry))),
};
