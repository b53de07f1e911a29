// Experiment: an app that is drained before it is killed costs nothing.
// Played by `npm run experiments -- load-balancer/drain`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/drain.ts';

export const experiment: Experiment = {
  name: 'drain',
  theory:
    'what an app has in flight it finishes within a second, and it gets nothing new: 0 are left when it is killed',
  expected: 0,
  tolerance: 0,
  unit: 'requests',
  because: 'there is no chance in it; without the drain the same kill loses some 90 (see health-check-loss)',
  scenarios: [{ ...scenario, untilMs: 7000 }],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['lostRequests']), 0),
};
