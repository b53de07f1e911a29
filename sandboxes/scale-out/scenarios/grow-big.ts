// 1, 2, 4, 8 workers on the big machine, which has four cores, each count for a while, with too much traffic.
// Must show that four workers do four times the work of one, and eight not a bit more: the hardware ends there.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { COUNTS, growthOf, OFFERED, SERVICE_MS, stages, UNTIL_MS } from './grow-small.ts';

export const scenario: Scenario = {
  name: 'grow-big',
  title:
    '1, 2, 4, 8 workers on one machine with four cores, one after another, with more traffic than they can do.',
  // Near the mean of many runs; how far single ones stray says experiments/core-cap.ts.
  seed: 5,
  untilMs: UNTIL_MS,
  env: {
    clients: { TO: 'big', RATE: String(OFFERED[1]), TIMEOUT_MS: '60000' },
    big: { SERVICE_MS: String(SERVICE_MS), PAY_MS: '0', SEATS: '100000', WORKERS: '1' },
  },
  actions: stages((count) => ({
    big: { workers: count },
    clients: { ratePerSecond: OFFERED[count] },
  })),
  shows(run) {
    const { times2 = 0, times4 = 0, times8 = 0 } = growthOf(run);
    return [
      between('two workers, times one', times2, 1.75, 2.25),
      between('four workers, times one', times4, 3.6, 4.4),
      between('eight workers, times one', times8, 3.6, 4.4),
    ];
  },
  values(run) {
    return { ...growthOf(run), cores: 4, most: COUNTS.at(-1) ?? 0 };
  },
};
