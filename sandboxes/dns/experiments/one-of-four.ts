// One dead of n addresses, and clients that try only the first one they get.
// DNS goes on naming the dead one in its turn. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/one-dead.ts';

export const experiment: Experiment = {
  name: 'one-of-four',
  theory: '1/n of the visits, n = 4',
  expected: 25,
  tolerance: 0.8,
  unit: '%',
  because:
    'The resolver begins with each of the four addresses in turn, so for one entry of its cache the visits differ from a ' +
    'quarter by less than one. Two or three entries live while the machine is dead, and the window cuts the first and ' +
    'the last: at most 3 of 360 visits.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, run) => sum + Number(run['lostPercent']), 0) / runs.length,
};
