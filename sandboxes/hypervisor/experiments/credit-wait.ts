// And if whoever is owed most goes next? Web uses less than its share, so it is owed most whenever it wakes.
// Measured as the mean latency of web among six neighbors under the credit scheduler, less its mean latency alone.
import type { Experiment } from '../../_shared/experiment.ts';
import { longerBy, rarely } from '../readings/rarely.ts';

export const experiment: Experiment = {
  name: 'credit-wait',
  theory:
    'it goes next, but no slice is cut short: the first of c = 2 cores comes free after slice/(c + 1) = 3.3 ms on average',
  expected: 10 / 3,
  tolerance: 0.8,
  unit: 'ms',
  because:
    'the cores are taken to be out of step by chance; in step it would be 5 ms, evenly apart 2.5; 120 waits, spread by 2 to 3 ms, have a standard error of 0.3; and so neither of the two would pass',
  scenarios: [rarely(6, 'credit'), rarely(0, 'credit')],
  seeds: [1, 2, 3],
  measure: longerBy,
};
