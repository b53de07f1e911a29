// Experiment: before a line of at most 12 the storm ends with the stall: who gets in is answered within half a second.
// Played by `npm run experiments -- retry-storm/bounded-queue`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/bounded-queue.ts';
import { STALL_S } from '../scenarios/storm.ts';

export const experiment: Experiment = {
  name: 'bounded-queue',
  theory:
    'stall + 12 / C = 5 + 0.5: the last who are lost came during the stall, or while the first 12 were served',
  expected: STALL_S + 12 / 25,
  tolerance: 1.5,
  unit: 's',
  because:
    'the last loss falls between the end of the stall less one timeout, 4 s, and the time at which the first full line and one more are done, 5 + 2 × 12/25 = 6 s; a line without limit takes four times as long',
  scenarios: [{ ...scenario, untilMs: 25_000 }],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['recoveredAfterS']), 0) / runs.length,
};
