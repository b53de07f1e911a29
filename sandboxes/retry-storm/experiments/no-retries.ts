// Experiment: how long a line that a stall has left takes to shrink, when nobody asks twice.
// Played by `npm run experiments -- retry-storm/no-retries`.
import type { Experiment } from '../../_shared/experiment.ts';
import { recoveryMeasure } from '../readings/line.ts';
import { scenario } from '../scenarios/no-retries.ts';
import { STALL_S } from '../scenarios/storm.ts';

const SERVED = 25;
const ASKED = 20;
const TIMEOUT_S = 1;
const SEEDS = [1, 2, 3, 4, 5];

export const experiment: Experiment = {
  name: 'no-retries',
  theory: 'stall + (λ × stall - C × timeout) / (C - λ) = 5 + (100 - 25) / 5, from the beginning of the stall',
  expected: STALL_S + (ASKED * STALL_S - SERVED * TIMEOUT_S) / (SERVED - ASKED),
  tolerance: 2.5,
  unit: 's',
  because:
    'by its requests one run is ± 4.3 s; runs and the line alone, given the same requests, differ with a deviation of 1, which is .45 for a mean of 5, and 2000 lines have .1: three times both together are 1.4; and the line, when it is short enough for the first time, may be too long once more: the last loss comes 1.1 s after that; with retries the line never shrinks',
  scenarios: [scenario],
  seeds: SEEDS,
  measure: recoveryMeasure({ attemptsMax: 1, untilS: 44 }, SEEDS),
};
