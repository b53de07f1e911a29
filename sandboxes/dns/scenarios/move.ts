// The address of 100xglobal.com changes from old to new; sixty caches have the old one, each with some of its TTL left.
// Must show that old is visited for one TTL at the longest, less and less, and that nobody is lost while it still serves.
import type { Action, Scenario } from '../../_shared/check.ts';
import { between, lostAmong } from '../../_shared/reading.ts';
import { questionsTo, turn, visitsOf } from './calm.ts';

/**
 * Caches; visits of 100xglobal.com a second (eight of ten of cluster.json's 40); TTL in seconds (zones.ts). The move is
 * after 16 s, when the caches are mixed.
 */
export const CACHES = 60;
export const RATE = 32;
export const TTL_S = 6;
const MOVE_MS = 16_000;

/** Sixty caches; whatever else is done. `drainS` bounds the seconds for which old is still visited. */
export function moving(about: {
  readonly name: string;
  readonly title: string;
  readonly before: readonly Action[];
  readonly drainS: { readonly least: number; readonly most: number };
  readonly moveMs?: number;
}): Scenario {
  const { name, title, before, drainS, moveMs = MOVE_MS } = about;
  return {
    name,
    title,
    seed: 4711,
    untilMs: moveMs + 14_000,
    actions: [
      turn(20, 'resolver', { caches: CACHES }),
      ...before,
      turn(moveMs, 'ns', { app: '@ 6 A 10.0.0.7' }),
    ],
    shows(run) {
      const visits = visitsOf(run).filter(({ name }) => name === '100xglobal.com');
      const toOld = visits.filter(({ by, intendedMs }) => by === 'old' && intendedMs > moveMs);
      const last = Math.max(...toOld.map(({ intendedMs }) => intendedMs));
      return [
        between('lost visits', lostAmong(visits), 0, 0),
        between(
          'seconds for which old is visited after the move',
          (last - moveMs) / 1000,
          drainS.least,
          drainS.most,
        ),
      ];
    },
    values(run) {
      const visits = visitsOf(run).filter(({ name }) => name === '100xglobal.com');
      const toOld = visits.filter(({ by, intendedMs }) => by === 'old' && intendedMs > moveMs);
      const last = Math.max(...toOld.map(({ intendedMs }) => intendedMs));
      // Once the caches are mixed, and before the move: over a cycle of 6 + 2 seconds.
      const upstream = questionsTo(run, ['ns'], '100xglobal.com.').filter(
        (atS) => atS >= 8 && atS < 16,
      ).length;
      return {
        lastOldAfterS: (last - moveMs) / 1000,
        oldAfter: toOld.length,
        upstreamPerSecond: upstream / 8,
        visitsPerSecond:
          visits.filter(({ intendedMs }) => intendedMs >= 8000 && intendedMs < 16_000).length / 8,
      };
    },
  };
}

export const scenario: Scenario = moving({
  name: 'move',
  title: 'After 16 seconds the record of 100xglobal.com says new instead of old.',
  before: [],
  drainS: { least: TTL_S - 1.5, most: TTL_S },
});
