// Experiment: with three attempts the server is asked three times as much, and nobody is answered in time, a minute and
// more after a stall of five seconds. Played by `npm run experiments -- retry-storm/storm-stays`.
import type { Experiment } from '../../_shared/experiment.ts';
import { attemptsInLast, scenario } from '../scenarios/storm.ts';

const ASKED = 20;
const ATTEMPTS = 3;
const LAST_S = 60;

export const experiment: Experiment = {
  name: 'storm-stays',
  theory:
    'attempts × λ = 3 × 20 attempts a second for ever, all of them too late: a request that is answered would be missing from the 60',
  expected: ATTEMPTS * ASKED,
  tolerance: 5.3,
  unit: 'attempts a second',
  because:
    'sixty seconds have 1200 ± 35 requests, so 60 ± 1.73 attempts a second, and three standard deviations are 5.2; one answered request adds 1000 to what is measured, so that none may be; without the storm it would be 20',
  scenarios: [
    {
      ...scenario,
      untilMs: 90_000,
      values: (run) => ({ ...scenario.values(run), attempts: attemptsInLast(run, LAST_S) }),
    },
  ],
  seeds: [4711],
  measure: (runs) => {
    const [one] = runs.flat();
    return Number(one?.['attempts']) + 1000 * Number(one?.['goodputAtEnd']);
  },
};
