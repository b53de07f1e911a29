// One name, four addresses, and one of the four machines is killed. DNS does not look whether machines live.
// Must show that a quarter of the visits fail, for as long as the record is there and one TTL more, if clients try only
// the first address that they get; and none if they try the next one.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, latencyMs, lostAmong } from '../../_shared/reading.ts';
import { turn, visitsOf } from './calm.ts';

export const DEAD_MS = 5000;
export const REMOVED_MS = 14_000;
const TTL_MS = 6000;
const living = ['6', '7', '8'].map((last) => `status 6 A 10.0.0.${last}`).join('\n');

/** Four addresses, forty visits a second. `lost`: bounds for the percentage while the dead one is in the record. */
export function oneDead(
  name: string,
  title: string,
  triesNext: boolean,
  lost: { least: number; most: number },
): Scenario {
  return {
    name,
    title,
    seed: 4711,
    untilMs: 30_000,
    env: { clients: { NAMES: 'status.100xglobal.com=1', TRIES_NEXT: triesNext ? '1' : '0' } },
    actions: [
      { atNs: DEAD_MS * 1e6, do: 'kill', machine: 'socket' },
      turn(REMOVED_MS, 'ns', { status: living }),
    ],
    shows(run) {
      const visits = visitsOf(run);
      const during = dueBetween(visits, DEAD_MS, REMOVED_MS);
      return [
        between('lost before', lostAmong(dueBetween(visits, 0, DEAD_MS)), 0, 0),
        between(
          'percent lost while it is dead and in the record',
          (100 * lostAmong(during)) / during.length,
          lost.least,
          lost.most,
        ),
        between(
          'lost one TTL after it is removed',
          lostAmong(dueBetween(visits, REMOVED_MS + TTL_MS, 30_000)),
          0,
          0,
        ),
      ];
    },
    values(run) {
      const visits = visitsOf(run);
      const during = dueBetween(visits, DEAD_MS, REMOVED_MS);
      const lostOnes = visits.filter(({ ok }) => !ok);
      return {
        lost: lostOnes.length,
        lostPercent: (100 * lostAmong(during)) / during.length,
        lastLostAfterS: Math.max(0, ...lostOnes.map(({ intendedMs }) => intendedMs - REMOVED_MS)) / 1000,
        p50Ms: latencyMs(during, 0.5),
        p99Ms: latencyMs(during, 0.99),
      };
    },
  };
}

export const scenario: Scenario = oneDead(
  'one-dead',
  'One of four machines is killed after 5 seconds and taken out of the record after 14; clients try one address.',
  false,
  { least: 20, most: 30 },
);
