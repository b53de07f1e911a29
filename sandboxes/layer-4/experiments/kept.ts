// Experiment: one connection through layer 4 is one app's, however many requests it carries.
// Played by `npm run experiments -- layer-4/kept`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/kept.ts';

export const experiment: Experiment = {
  name: 'kept',
  theory:
    'layer 4 chooses once for a connection: the busiest app gives 100 percent of the answers; layer 7 gives a third each',
  expected: 100 / (100 / 3),
  tolerance: 0.08,
  unit: 'times the share through layer 7',
  because:
    'of 120 requests in turn to three apps the busiest has 41 at most, so that the ratio is 2.93 at least',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) =>
    runs.reduce((sum, one) => sum + Number(one['busiest4Percent']) / Number(one['busiest7Percent']), 0) /
    runs.length,
};
