// Three books for the same seats: each of them is sold out by itself.
// Exact, whatever the traffic; played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/own-books.ts';

export const experiment: Experiment = {
  name: 'own-books',
  theory: 'n copies that nobody reconciles sell n × seats = 3 × 300',
  expected: 900,
  tolerance: 0,
  unit: 'seats',
  because: 'Nothing is left to chance: the run lasts until each book is empty.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, run) => sum + Number(run['sold']), 0) / runs.length,
};
