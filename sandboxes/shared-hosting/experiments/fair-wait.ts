// Experiment: with a line for each site, a neighbor hardly notices that another is forty times as busy.
// Played by `npm run experiments -- shared-hosting/fair-wait`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/noisy-fair.ts';

export const experiment: Experiment = {
  name: 'fair-wait',
  theory:
    'the same lines, without network or program, in a model of 2,000 s with exponential pages: 34 ms in the mean',
  expected: 34,
  tolerance: 6,
  unit: 'ms',
  because:
    'a run has some 360 latencies with a deviation of 30 ms, and those within 100 ms, 4 or 5, are alike: about 80 that count, 3.4 ms, 1.7 for the mean of 4, three times that is 5; pages of 5 and 30 ms instead of exponential ones: +1 in the same model. Neighbors served before everybody else would take 28',
  scenarios: [scenario],
  seeds: [4711, 4712, 4713, 4714],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['neighborsMeanMs']), 0) / runs.flat().length,
};
