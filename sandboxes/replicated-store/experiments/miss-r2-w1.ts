// A write is acknowledged by 1 of 3 stores and read back at once from 2 of 3 at random.
// Expected: the share of choices that miss every store which has it.
import type { Experiment } from '../../_shared/experiment.ts';
import { probing, staleShare } from '../../_shared/replication.ts';

export const experiment: Experiment = {
  name: 'miss-r2-w1',
  theory: 'C(N−W, R)/C(N, R) = C(2,2)/C(3,2) = 1/3 with N = 3, R = 2, W = 1',
  expected: 1 / 3,
  tolerance: 0.075,
  unit: '',
  because: 'Some 360 reads: a standard deviation of 0.025, times three.',
  scenarios: [
    {
      name: 'miss-r2-w1',
      title: 'Writes are read back from 2 of 3 stores at once; both copies follow 0.4 s later.',
      seed: 1,
      untilMs: 5000,
      env: { clients: { ...probing(2, 0, 80), START_MS: '600' }, monitor: { LAG_MS: '400' } },
      actions: [],
      shows: () => [],
      values: (run) => ({ stale: staleShare(run) }),
    },
  ],
  seeds: [1],
  measure: ([runs = []]) => Number(runs[0]?.['stale']),
};
