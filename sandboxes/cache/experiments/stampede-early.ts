// The same item, refreshed early by chance (Vattani and others 2015): on average e loads for each renewal.
// Why e: requests near the end of a copy refresh at the rate λ exp(-τ/D), τ before the end, with D the duration of a load.
// Count by the integral x of that rate: the first refresh comes at x, exponential with mean 1, and until its load is done
// the integral grows to e·x. So 1 + (e - 1)·E[x] = e loads. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../readings/reading.ts';
import { scenario } from '../scenarios/stampede-early.ts';

export const experiment: Experiment = {
  name: 'stampede-early',
  theory: '1 + (e − 1) = e, whatever the rate and the duration of a load',
  expected: Math.E,
  tolerance: 1.4,
  unit: 'loads',
  because:
    'One renewal has a standard deviation of √(e − 1 + (e − 1)²) = 2.2 loads, the mean of 20 renewals one of 0.48; three of them. Without protection it would be 51.',
  scenarios: [scenario],
  seeds: [1, 2, 3],
  measure: ([runs = []]) => mean(runs.map(({ loadsPerExpiry }) => Number(loadsPerExpiry))),
};
