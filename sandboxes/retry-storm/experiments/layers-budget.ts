// Experiment: the same three layers, each with a budget of a tenth for its retries.
// Played by `npm run experiments -- retry-storm/layers-budget`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/layers-budget.ts';

export const experiment: Experiment = {
  name: 'layers-budget',
  theory: '(1 + budget)^layers = 1.1^3 = 1.331',
  expected: 1.1 ** 3,
  tolerance: 0.012,
  unit: 'attempts',
  because:
    'what is earned is spent at once, so that chance moves only what is just then saved: less than one retry in each layer, and one of the top layer is 1.21 at the bottom; 3.3 of some 560 requests are .006 at either end of the time that is counted; without budgets it would be 64',
  scenarios: [scenario],
  seeds: [1],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['mean']), 0) / runs.length,
};
