// Experiment: in one line that is full, everybody waits for the 500 who stand before.
// Played by `npm run experiments -- shared-hosting/fifo-wait`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/noisy-fifo.ts';

export const experiment: Experiment = {
  name: 'fifo-wait',
  theory:
    '500 places in line × 10 ms, and 10 ms for the page itself; the line lacks 100/(245 - 100) = 0.7 of its 500 in the mean',
  expected: 10 * (501 - 100 / 145),
  tolerance: 280,
  unit: 'ms',
  because:
    'the 500 pages before one take 10 ms × √500 = 224 ms more or less, and 8 s hold 1.6 lines that have nothing in common: 177 a run, 125 for the mean of 2; twice that, and 30 for what waits in the kernel until the program has read it',
  scenarios: [scenario],
  seeds: [4711, 4712],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['neighborsMeanMs']), 0) / runs.flat().length,
};
