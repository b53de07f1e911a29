// Eight workers on four cores: the hardware ends, whatever the program does.
// The number of cores is the theory; played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { scenario } from '../scenarios/grow-big.ts';

export const experiment: Experiment = {
  name: 'core-cap',
  theory: 'eight workers on four cores do the work of four',
  expected: 4,
  tolerance: 0.25,
  unit: 'times one worker',
  because:
    'One worker answers 137 orders in its 11 s, which vary by 2.5 percent, four cores 350 in 7 s, by 1.6 and by up to eight that are half done where the window cuts. For the mean of three runs that makes 2 percent; three deviations are 6.',
  scenarios: [scenario],
  seeds: [1, 2, 3],
  measure: ([runs = []]) => sum(runs, 'rate8') / sum(runs, 'rate1'),
};

function sum(runs: readonly Readonly<Record<string, number | string>>[], name: string): number {
  return runs.reduce((all, run) => all + Number(run[name]), 0);
}
