// A write is acknowledged by 2 of 3 stores and read back at once from 2 of 3 at random.
// Expected: the share of choices that miss every store which has it.
import type { Experiment } from '../../_shared/experiment.ts';
import { probing, staleShare } from '../../_shared/replication.ts';

export const experiment: Experiment = {
  name: 'miss-r2-w2',
  theory: 'C(N−W, R)/C(N, R) = C(1,2)/C(3,2) = 0 with N = 3, R = 2, W = 2',
  expected: 0,
  tolerance: 0,
  unit: '',
  because:
    'R + W > N: every two stores share one with every other two, so there is nothing for chance to do.',
  scenarios: [
    {
      name: 'miss-r2-w2',
      title: 'Writes are read back from 2 of 3 stores at once; one copy comes at once and one 0.4 s later.',
      seed: 1,
      untilMs: 5000,
      env: {
        clients: { ...probing(2, 0, 80), START_MS: '600' },
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
