// What the database has to load when its cache is gone, beside what it had to load before: 1 / (1 - hit ratio) as much.
// The hit ratio is the cache's own count, the loads are the database's. Played by `npm run experiments`.
import type { Experiment } from '../../_shared/experiment.ts';
import { mean } from '../readings/reading.ts';
import { scenario } from '../scenarios/cold-restart.ts';

export const experiment: Experiment = {
  name: 'cold-restart',
  theory: 'loads without the cache ÷ (loads with it ÷ (1 − hit ratio)) = 1',
  expected: 1,
  tolerance: 0.3,
  unit: '',
  because:
    'The 60 to 90 loads in the 4 s before decide: a standard deviation of about 11%, and arrivals before and after differ by 7% more; together 13%, and a bit more than two of them. Were the loads before as many as the requests, it would be 0.2.',
  scenarios: [scenario],
  seeds: [4711],
  measure: ([runs = []]) =>
    mean(
      runs.map((run) => Number(run['loadsWithout']) / (Number(run['loadsBefore']) * Number(run['factor']))),
    ),
};
