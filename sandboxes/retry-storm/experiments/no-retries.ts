// Experiment: how long a line that a stall has left takes to shrink, when nobody asks twice.
// Played by `npm run experiments -- retry-storm/no-retries`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/no-retries.ts';
import { STALL_S } from '../scenarios/storm.ts';

const SERVED = 25;
const ASKED = 20;
const TIMEOUT_S = 1;

export const experiment: Experiment = {
  name: 'no-retries',
  theory: 'stall + (λ × stall - C × timeout) / (C - λ) = 5 + (100 - 25) / 5, from the beginning of the stall',
  expected: STALL_S + (ASKED * STALL_S - SERVED * TIMEOUT_S) / (SERVED - ASKED),
  tolerance: 6,
  unit: 's',
  because:
    'in 20 s arrive 400 ± 20 requests, and the line shrinks by 5 a second, so one run is ± 20/5 = 4 s; three standard deviations of a mean of 5 runs are 3 × 4/√5 = 5.4 s; with retries the line never shrinks',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4, 5],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['recoveredAfterS']), 0) / runs.length,
};
