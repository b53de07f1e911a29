// The same expiries behind a lock: one load each, whatever the rate. Played by `npm run experiments`.
// Refuses any second load, so that its tolerance is none.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../readings/reading.ts';
import { scenario } from '../scenarios/stampede-lock.ts';

export const experiment: Experiment = {
  name: 'stampede-lock',
  theory: 'one request loads, all others wait for it',
  expected: 1,
  tolerance: 0,
  unit: 'loads',
  because: 'It holds for every single expiry, not on average: the lock admits one.',
  scenarios: [scenario],
  seeds: [1],
  measure: ([runs = []]) => mean(runs.map(({ mostLoads }) => Number(mostLoads))),
};
