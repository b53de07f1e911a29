// Experiment: in one line that is full, everybody loses the same share, however little they ask for.
// Played by `npm run experiments -- shared-hosting/fifo-loss`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/noisy-fifo.ts';

export const experiment: Experiment = {
  name: 'fifo-loss',
  theory:
    'capacity / demand = 100 / (200 + 9 × 5) = 100/245 of all requests are answered, the neighbors’ as well',
  expected: (100 * 100) / 245,
  tolerance: 5,
  unit: '%',
  because:
    'some 360 requests of neighbors a run: √(.41 × .59/360) = 2.6 points; 800 pages in 8 s take 10 ± 0.35 ms each in the mean: 1.4; 1,960 arrivals ± 2.3%: 0.9; together 3.1 a run, 1.8 for the mean of 3, and three times that is 5; turns or a quota would be 59 off',
  scenarios: [scenario],
  seeds: [4711, 4712, 4713],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['neighborsPercent']), 0) / runs.flat().length,
};
