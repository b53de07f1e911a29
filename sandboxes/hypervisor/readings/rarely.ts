// Web among neighbors, asked so seldom that its own requests hardly ever meet: then a wait is due to the neighbors alone.
// Scenarios to measure with, and the difference in mean latency between them. Used by experiments only.
import type { Scenario } from '../../_shared/check.ts';
import { neighborhood } from '../scenarios/noisy.ts';

/** Two small requests a second, beside so many guests that never sleep. */
export function rarely(spinners: number, scheduler: string): Scenario {
  return neighborhood(`rarely-${spinners}-${scheduler}`, {
    title: `Web is asked twice a second, beside ${spinners} guests that never sleep.`,
    host: { SPINNERS: String(spinners), SCHEDULER: scheduler },
    clients: { RATE: '2', TURNS: '50' },
    p99: { leastMs: 0, mostMs: 100 },
    busy: { least: 0, most: 2.01 },
  });
}

/** Mean latency in the first scenario less that in the second, over all seeds. */
export function longerBy(runs: readonly (readonly Readonly<Record<string, number | string>>[])[]): number {
  const [loaded = 0, quiet = 0] = runs.map(
    (values) => values.reduce((sum, each) => sum + Number(each['meanMs']), 0) / values.length,
  );
  return loaded - quiet;
}
