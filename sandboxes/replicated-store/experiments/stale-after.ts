// A read from a replica, 50 ms after a write was acknowledged, while copies follow after 50 ms on average.
// Expected: the chance that the copy, or one that stands before it in the log, is not there yet.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { probing, staleShare } from '../../_shared/replication.ts';

const [LAG_MS, AFTER_MS, RATE] = [50, 50, 20];
const late = Math.exp(-AFTER_MS / LAG_MS);

const scenario: Scenario = {
  name: 'stale-after',
  title: 'Each write is read back from one store at random, 50 ms after its acknowledgement.',
  seed: 1,
  untilMs: 12_000,
  env: {
    clients: probing(1, AFTER_MS, RATE),
    monitor: { LAG_MS: String(LAG_MS) },
    store1: { LAG_SPREAD: 'exponential' },
  },
  actions: [],
  shows: () => [],
  // One read in three asks the primary, which is never behind.
  values: (run) => ({ stale: (staleShare(run) * 3) / 2 }),
};

export const experiment: Experiment = {
  name: 'stale-after',
  theory: '1 − (1 − p)·e^(−λLp) with p = e^(−Δ/L): the record is late itself, or one before it is',
  expected: 1 - (1 - late) * Math.exp(((-RATE * LAG_MS) / 1000) * late),
  tolerance: 0.1,
  unit: '',
  because:
    'Some 460 reads of two runs: √(0.375 × 0.625 / 460) = 0.023, times 3/2, times three. A copy takes 2 ms more than its lag.',
  scenarios: [scenario],
  seeds: [1, 2],
  measure: ([runs = []]) => runs.reduce((sum, { stale }) => sum + Number(stale), 0) / runs.length,
};
