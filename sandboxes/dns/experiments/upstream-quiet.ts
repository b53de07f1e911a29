// Caches that are asked seldom: the time until somebody asks again counts as much as the TTL.
// A formula with the TTL alone would be a third too high here. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { farm } from './upstream-busy.ts';

export const experiment: Experiment = {
  name: 'upstream-quiet',
  theory: 'R / (T + 1/λ): 60 caches, TTL 6 s, half a visit a second for each',
  expected: 60 / (6 + 1 / 0.5),
  tolerance: 0.35,
  unit: 'questions a second',
  because:
    'A cycle of a cache takes 6 s and a random time of 2 s on average, so 32 s hold 4 of them, with a variance of ' +
    '4/16 + 1/6. For 60 caches that is a standard deviation of 5 in 240 questions; over 2 runs 1.5 %, or 0.11 a second. ' +
    'Three times that is allowed. R/T, which forgets 1/λ, would be 10.',
  scenarios: [
    farm({ name: 'upstream-quiet', title: 'Sixty caches, seldom asked.', untilMs: 40_000 }, 60, 30),
  ],
  seeds: [1, 2],
  measure: ([runs = []]) =>
    runs.reduce((sum, run) => sum + Number(run['upstreamPerSecond']), 0) / runs.length,
};
