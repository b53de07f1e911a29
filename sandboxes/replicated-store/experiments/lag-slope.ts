// A replica that needs 12 ms to apply a record, while 100 are written each second.
// Expected: it falls behind by a fifth of a second each second, for ever: lag is a queue.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { stateOf, turn } from '../../_shared/replication.ts';

const [WRITTEN, REPLAY_MS, FROM_S, TO_S] = [100, 12, 2, 8];

const scenario: Scenario = {
  name: 'slow-replay',
  title: 'store3 needs 12 ms to apply a record; 100 are written each second.',
  seed: 1,
  untilMs: TO_S * 1000,
  env: { clients: { RATE: String(WRITTEN), WRITES: '1' }, monitor: { LAG_MS: '0' } },
  actions: [turn('store3', { replayMs: REPLAY_MS })],
  shows: () => [],
  values(run) {
    const behind = (atS: number) =>
      (stateOf(run, 'store1', atS * 1e9)?.index ?? 0) - (stateOf(run, 'store3', atS * 1e9)?.applied ?? 0);
    return { slope: ((behind(TO_S) - behind(FROM_S)) * REPLAY_MS) / 1000 / (TO_S - FROM_S) };
  },
};

export const experiment: Experiment = {
  name: 'lag-slope',
  theory: 'λ/μ − 1 with λ = 100 and μ = 83.3 records/s',
  expected: 0.2,
  tolerance: 0.08,
  unit: 's/s',
  because:
    'Some 600 Poisson writes in 6 s have a standard deviation of 24, which is 0.05 s/s of one run and 0.026 of the mean of 4; three of these.',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, { slope }) => sum + Number(slope), 0) / runs.length,
};
