// Experiment: a budget of a tenth, the exercise's solution, ends the storm, later than no retries at all would.
// Played by `npm run experiments -- retry-storm/budget`.
import type { Experiment } from '../../_shared/experiment.ts';
import { recoveryMeasure } from '../readings/line.ts';
import { scenario } from '../scenarios/budget.ts';
import { STALL_S } from '../scenarios/storm.ts';

const SERVED = 25;
const ASKED = 20 * 1.1;
const SAVED = 10;
const TIMEOUT_S = 1;
const UNTIL_S = 75;
const SEEDS = [1, 2, 3, 4];

export const experiment: Experiment = {
  name: 'budget',
  theory:
    'stall + (1.1 λ × stall + saved - C × timeout) / (C - 1.1 λ) = 5 + (110 + 10 - 25) / 3: a tenth more is asked, and ten retries were saved',
  expected: STALL_S + (ASKED * STALL_S + SAVED - SERVED * TIMEOUT_S) / (SERVED - ASKED),
  tolerance: 4,
  unit: 's',
  because:
    'by its requests one run is ± 10 s; runs and the line alone, given the same requests, differ by 1.5 s with a deviation of 1.4 to 2.7, which is up to 1.3 for a mean of 4, and 2000 lines have .23: three times both together are 4; two attempts for each request would be 40 a second, and never end',
  scenarios: [{ ...scenario, untilMs: UNTIL_S * 1000 }],
  seeds: SEEDS,
  // What is due in the last two seconds may have no fate yet.
  measure: recoveryMeasure(
    { attemptsMax: 3, budget: { earned: 0.1, savedMax: SAVED }, untilS: UNTIL_S - 2 },
    SEEDS,
  ),
};
