// Eight machines with one store: the store's time for an order is the part that nobody can share.
// Amdahl's bound 1/σ, σ being that part of an order's time in a shop; played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/grow-small.ts';

export const experiment: Experiment = {
  name: 'store-cap',
  theory: 'no more than 1/σ = 80 ms of a shop / 16 ms of the store = 5 times one machine, with however many',
  expected: 5,
  tolerance: 0.3,
  unit: 'times one machine',
  because:
    'One machine answers 137 orders in its 11 s; their work varies by 0.29 of its mean, so their number by 2.5 percent, 1.4 for the mean of three runs. The store works 8 ms each time: its 437 vary by where the window cuts, 1 percent. Three deviations of both are 5.2 percent.',
  scenarios: [scenario],
  seeds: [1, 2, 3],
  measure: ([runs = []]) => sum(runs, 'rate8') / sum(runs, 'rate1'),
};

function sum(runs: readonly Readonly<Record<string, number | string>>[], name: string): number {
  return runs.reduce((all, run) => all + Number(run[name]), 0);
}
