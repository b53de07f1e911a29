// Look, let the customer pay, take: who has looked and not yet taken when the last seat goes is sold a seat too many.
// Little's law counts them; played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/shared-book.ts';

export const experiment: Experiment = {
  name: 'oversold',
  theory: 'λ × window = 160 per second × 0.2525 s (250 ms to pay, 2 ms to and fro, 0.5 ms in the store)',
  expected: 40.4,
  tolerance: 6.8,
  unit: 'seats',
  because:
    'How many are in the window at one moment is Poisson, deviation √40.4 = 6.4; for the mean of eight runs 2.2, and three of these. A shop that is busy lengthens the window by its work of 1 ms at most, 0.2 seats.',
  // The store's death comes when all is sold; it is left out.
  scenarios: [{ ...scenario, untilMs: 4500, actions: [] }],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  measure: ([runs = []]) => runs.reduce((sum, run) => sum + Number(run['oversold']), 0) / runs.length,
};
