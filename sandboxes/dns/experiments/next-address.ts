// The same death, and clients that try the next address.
// What DNS does not know, clients find out by themselves. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/one-dead-next.ts';

export const experiment: Experiment = {
  name: 'next-address',
  theory: 'none: the next address answers',
  expected: 0,
  tolerance: 0,
  unit: '%',
  because:
    'Three of four machines live and refuse nobody, and a dead one refuses at once. Nothing is left to chance.',
  scenarios: [scenario],
  seeds: [1],
  measure: ([runs = []]) => runs.reduce((sum, run) => sum + Number(run['lost']), 0),
};
