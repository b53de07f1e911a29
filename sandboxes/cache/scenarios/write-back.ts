// Orders only, 100 a second. The shop acknowledges what lies in the cache, and every 5 seconds the database gets it.
// After 7.5 seconds the cache is killed: what came since the last flush is acknowledged and gone.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { ordersOf } from '../readings/reading.ts';

const FLUSH_S = 5;
const RATE = 100;
/** Until the flush after the kill is done. */
const untilMs = (killMs: number): number => (Math.floor(killMs / 1000 / FLUSH_S) + 1) * FLUSH_S * 1000 + 500;

/** `killMs` counts from the start; the shop flushes 5, 10, 15 seconds after it. */
export function writeBack(name: string, killMs: number, writes: string): Scenario {
  const sinceFlushS = (killMs / 1000) % FLUSH_S;
  const expected = writes === 'back' ? RATE * sinceFlushS : 0;
  return {
    name,
    title: `Every order is written ${writes}; after ${killMs / 1000} seconds the cache is killed.`,
    seed: 4711,
    untilMs: untilMs(killMs),
    env: {
      clients: { WRITES: '1', RATE: String(RATE) },
      shop: { WRITES: writes, FLUSH_MS: String(FLUSH_S * 1000) },
      cache: { ENTRIES: '10000' },
    },
    actions: [
      { atNs: killMs * 1e6, do: 'kill', machine: 'cache' },
      { atNs: (killMs + 100) * 1e6, do: 'restart', machine: 'cache' },
    ],
    shows(run) {
      const { acknowledged, lost } = ordersOf(run, killMs);
      const slack = 4 * Math.sqrt(expected) + (expected > 0 ? 3 : 0);
      return [
        between('orders acknowledged before the kill', acknowledged, 0.085 * killMs, 0.115 * killMs),
        between('of these, lost', lost, Math.max(0, expected - slack), expected + slack),
      ];
    },
    values(run) {
      const { acknowledged, lost } = ordersOf(run, killMs);
      return { acknowledged, lost, bound: RATE * FLUSH_S, sinceFlushS };
    },
  };
}

export const scenario = writeBack('write-back', 7500, 'back');
