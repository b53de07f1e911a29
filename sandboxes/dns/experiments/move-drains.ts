// How many visits still go to the old machine after its record has changed.
// The bound is the scenario's own: never longer than one TTL. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { CACHES, moving, RATE, TTL_S } from '../scenarios/move.ts';

const perCache = RATE / CACHES;
const filled = TTL_S / (TTL_S + 1 / perCache);

export const experiment: Experiment = {
  name: 'move-drains',
  theory: 'rate × share of caches that hold the record × T / 2 = 32 × 6/(6 + 1.9) × 3',
  expected: RATE * filled * (TTL_S / 2),
  tolerance: 13,
  unit: 'visits',
  because:
    'A cache holds the old record with chance 0.76 and for up to 6 s more, and visitors come to it by chance meanwhile: ' +
    'visits to old after the move have a mean of 1.2 and a variance of 2.3 for each cache. For 60 caches that is a ' +
    'standard deviation of at most 12; 16 runs showed 9.3 (and a mean of 71.5), which is 4.7 for 4 of them, and nearly ' +
    'three of these are allowed. Forgetting 1/λ would give 96, ' +
    'a TTL that begins anew with each visit more than 146.',
  scenarios: [
    moving({
      name: 'move-drains',
      title: 'The record moves.',
      before: [],
      drainS: { least: 4, most: TTL_S },
      moveMs: 24_000,
    }),
  ],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, run) => sum + Number(run['oldAfter']), 0) / runs.length,
};
