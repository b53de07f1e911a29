// Three machines at 70 percent lose one: what comes exceeds what two can do, and the difference queues up.
// The difference of the rates is the theory; played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/three-at-70.ts';

export const experiment: Experiment = {
  name: 'queue-after-a-death',
  theory: 'the queue grows by λ − 2μ = 105 − 2 × 50 = 5 orders a second',
  expected: 5,
  tolerance: 1.6,
  unit: 'orders per second',
  because:
    'How many customers happened to come is taken out, so what is left of chance is the work: uniform from 0.5 to 1.5 of its mean, 0.29 × √1400 = 11 orders in 14 s, 0.4 per second for the mean of four runs. While the queue is short a machine is idle now and then, which loses up to 8 orders, 0.6 per second; and the loop that works overshoots by up to 0.1 ms of 20, 0.3 per second. Three deviations and half of these make 1.6.',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) =>
    runs.reduce((sum, run) => sum + Number(run['rate']) - Number(run['servedPerSecond']), 0) / runs.length,
};
