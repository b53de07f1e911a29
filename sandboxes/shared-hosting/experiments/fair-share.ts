// Experiment: turns waste nothing: the busy site gets all that its neighbors leave.
// Played by `npm run experiments -- shared-hosting/fair-share`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/noisy-fair.ts';

export const experiment: Experiment = {
  name: 'fair-share',
  theory: '(capacity - neighbors) / demand = (100 - 45)/200',
  expected: (100 * (100 - 45)) / 200,
  tolerance: 4.5,
  unit: '%',
  because:
    'in 8 s the server makes 100 ± 3.5 pages a second, the neighbors take 45 ± 2.4, the site asks for 200 ± 5: 27.5 ± 2.2 a run, 1.5 for the mean of 2, three times that; a strict tenth each would be 22.5 off',
  scenarios: [scenario],
  seeds: [4711, 4712],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['busyPercent']), 0) / runs.flat().length,
};
