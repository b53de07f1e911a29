// The same order from a book in the shop's own memory, and from one that is a network away.
// The difference is counted in round trips; played by `npm run experiments`.

import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { latencyMs, samplesOf } from '../../_shared/reading.ts';

const bare = { SERVICE_MS: '0', PAY_MS: '0' };

/** Orders without work and without payment, so that what is left is the way to the book. */
function calls(book: 'here' | 'store'): Scenario {
  return {
    name: `calls-${book}`,
    title: `20 orders a second without work; the book is ${book === 'here' ? 'with each shop' : 'in the store'}.`,
    seed: 4711,
    untilMs: 6000,
    env: {
      clients: { RATE: '20' },
      ...Object.fromEntries(['shop1', 'shop2', 'shop3'].map((shop) => [shop, { ...bare, BOOK: book }])),
    },
    actions: [],
    shows: () => [],
    values: (run) => ({ medianMs: latencyMs(samplesOf(run), 0.5) }),
  };
}

export const experiment: Experiment = {
  name: 'round-trips',
  theory: 'two calls (a look, a sale) of 2 × 1 ms on the link and 0.5 ms in the store: 5 ms',
  expected: 5,
  tolerance: 0.1,
  unit: 'ms',
  because:
    'The median knows no queue at 20 orders a second. What a program computes besides its work costs some microseconds in the data center, here about ten turns of a program.',
  scenarios: [calls('here'), calls('store')],
  seeds: [1, 2],
  measure: ([here = [], store = []]) => mean(store) - mean(here),
};

function mean(runs: readonly Readonly<Record<string, number | string>>[]): number {
  return runs.reduce((sum, run) => sum + Number(run['medianMs']), 0) / runs.length;
}
