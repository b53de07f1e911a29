// Experiment: turns waste nothing: the busy site gets all that its neighbors leave.
// Played by `npm run experiments -- shared-hosting/fair-share`.
import type { Experiment } from '../../_shared/experiment.ts';
import { leftOverPercent } from '../readings/left-over.ts';
import { scenario } from '../scenarios/noisy-fair.ts';

const EXPECTED = (100 * (100 - 45)) / 200;

export const experiment: Experiment = {
  name: 'fair-share',
  theory:
    '(capacity - neighbors) / demand = (100 - 45)/200; what a run misses it by is reckoned from its own pages and requests, which are 1.8 points off by luck',
  expected: EXPECTED,
  tolerance: 2,
  unit: '%',
  because:
    'in 10 runs the difference from the same formula with the run’s own pages had a deviation of 0.7, since lines are not equally long at the beginning and the end of the 8 s that are counted; 0.5 for the mean of 2, three times that is 1.5; and 0.6 % of the time is not spent on pages, which takes 0.3; a strict tenth each would be 22.5 off',
  scenarios: [
    {
      ...scenario,
      values: (run) => ({ ...scenario.values(run), leftOverPercent: leftOverPercent(run) }),
    },
  ],
  seeds: [4711, 4712],
  measure(runs) {
    const misses = runs.flat().map((one) => Number(one['busyPercent']) - Number(one['leftOverPercent']));
    return EXPECTED + misses.reduce((sum, one) => sum + one, 0) / misses.length;
  },
};
