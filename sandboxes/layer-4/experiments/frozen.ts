// Experiment: a check that only connects leaves a frozen app in rotation, so that its share is lost to the end.
// Played by `npm run experiments -- layer-4/frozen`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/frozen.ts';

export const experiment: Experiment = {
  name: 'frozen',
  theory:
    'one of three apps in turn: 33.3 percent of the connections, for ever; with a check that asks it would be 0',
  expected: 100 / 3,
  tolerance: 1,
  unit: 'percent',
  because: 'some 120 connections in turn are at most one away from a third, 0.8 percent',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['lost4Percent']), 0) / runs.length,
};
