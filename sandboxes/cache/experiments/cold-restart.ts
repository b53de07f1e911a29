// What the database has to load when its cache is gone, beside what it had to load before: 1 / (1 - hit ratio) as much.
// The hit ratio is the cache's own count, the loads are the database's. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../reading.ts';
import { scenario } from '../scenarios/cold-restart.ts';

export const experiment: Experiment = {
  name: 'cold-restart',
  theory: 'loads without the cache ÷ (loads with it ÷ (1 − hit ratio)) = 1',
  expected: 1,
  tolerance: 0.2,
  unit: '',
  because:
    'Some 490 requests in the 5 s without and 400 in the 4 s with a cache: together a standard deviation of 7%, 5% in the mean of two runs; four of them. A cache that spared nothing would give 0.2.',
  scenarios: [scenario],
  seeds: [4711, 2],
  measure: ([runs = []]) =>
    mean(
      runs.map((run) => Number(run['loadsWithout']) / (Number(run['loadsBefore']) * Number(run['factor']))),
    ),
};
