// Experiment: a budget of a tenth, the exercise's solution, ends the storm, later than no retries at all would.
// Played by `npm run experiments -- retry-storm/budget`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/budget.ts';
import { STALL_S } from '../scenarios/storm.ts';

const SERVED = 25;
const ASKED = 20 * 1.1;
const SAVED = 10;
const TIMEOUT_S = 1;

export const experiment: Experiment = {
  name: 'budget',
  theory:
    'stall + (1.1 λ × stall + saved - C × timeout) / (C - 1.1 λ) = 5 + (110 + 10 - 25) / 3: a tenth more is asked, and ten retries were saved',
  expected: STALL_S + (ASKED * STALL_S + SAVED - SERVED * TIMEOUT_S) / (SERVED - ASKED),
  tolerance: 14,
  unit: 's',
  because:
    'in 35 s arrive 700 ± 26 requests, and the line shrinks by 3 a second, so one run is ± 9 s; three standard deviations of a mean of 4 runs are 13.5 s; two attempts for each request would be 40 a second, and never end',
  scenarios: [{ ...scenario, untilMs: 75_000 }],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['recoveredAfterS']), 0) / runs.length,
};
