// Write-back, and the cache dies right before a flush: 100 orders a second x 5 s, the most that a death can take.
// Beside it write-through, killed at the same moment, which must lose none. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { writeBack } from '../scenarios/write-back.ts';

export const experiment: Experiment = {
  name: 'write-back-bound',
  theory: 'rate of orders × flush interval under write-back, and 0 under write-through',
  expected: 500,
  tolerance: 70,
  unit: 'orders',
  because: 'Poisson arrivals: √500 = 22 orders; three of them. Write-through is subtracted, and must be 0.',
  scenarios: [writeBack('before-a-flush', 9_990, 'back'), writeBack('through', 9_990, 'through')],
  seeds: [1],
  measure: ([back, through]) => Number(back?.[0]?.['lost']) - Number(through?.[0]?.['lost']),
};
