// Experiment: a strict quota protects the neighbors, and leaves half the server idle while it refuses.
// Played by `npm run experiments -- shared-hosting/quota-waste`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/noisy-quota.ts';

export const experiment: Experiment = {
  name: 'quota-waste',
  theory: 'neighbors + one quota = 45 + 10 of 100 pages a second',
  expected: 55,
  tolerance: 5,
  unit: 'pages/s',
  because:
    '45 × 8 = 360 ± 19 requests of neighbors in 8 s: 2.4 a second, 1.7 for the mean of 2, three times that; a line that works on whatever waits would be 45 off',
  scenarios: [scenario],
  seeds: [4711, 4712],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['answeredPerSecond']), 0) / runs.flat().length,
};
