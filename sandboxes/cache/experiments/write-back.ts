// Write-back, and the cache dies half-way between two flushes: 100 orders a second x 2.5 s = 250 acknowledged and lost.
// Since a death does not choose its moment, this is also the mean. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../readings/reading.ts';
import { scenario } from '../scenarios/write-back.ts';

export const experiment: Experiment = {
  name: 'write-back',
  theory: 'rate of orders × time since the last flush, on average half the interval',
  expected: 250,
  tolerance: 38,
  unit: 'orders',
  because:
    'Poisson arrivals: √250 = 16 orders in one run, 11 in the mean of two; three of them, and the flush comes some milliseconds after its time.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => mean(runs.map(({ lost }) => Number(lost))),
};
