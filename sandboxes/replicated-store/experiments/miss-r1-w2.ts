// A write is acknowledged by 2 of 3 stores and read back at once from 1 of 3 at random.
// Expected: the share of choices that miss every store which has it.
import type { Experiment } from '../../_shared/experiment.ts';
import { probing, staleShare } from '../../_shared/replication.ts';

export const experiment: Experiment = {
  name: 'miss-r1-w2',
  theory: 'C(N−W, R)/C(N, R) = C(1,1)/C(3,1) = 1/3 with N = 3, R = 1, W = 2',
  expected: 1 / 3,
  tolerance: 0.075,
  unit: '',
  because: 'Some 360 reads: a standard deviation of 0.025, times three.',
  scenarios: [
    {
      name: 'miss-r1-w2',
      title: 'Writes are read back from 1 of 3 stores at once; one copy comes at once and one 0.4 s later.',
      seed: 1,
      untilMs: 5000,
      env: {
        clients: { ...probing(1, 0, 80), START_MS: '600' },
        monitor: { MODE: 'semi-sync', LAG_MS: '0' },
      },
      actions: [{ atNs: 0.4e9, do: 'delay', from: 'store1', to: 'store3', ms: 400, oneWay: true }],
      shows: () => [],
      values: (run) => ({ stale: staleShare(run) }),
    },
  ],
  seeds: [1],
  measure: ([runs = []]) => Number(runs[0]?.['stale']),
};
