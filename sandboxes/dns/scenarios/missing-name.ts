// People ask for events.100xglobal.com before it is there. It is put into the zone, and the resolver goes on saying no.
// Must show losses after the fix, for as long as the `no` was to be kept at the longest, and none after that.
import type { Scenario } from '../../_shared/check.ts';
import { between, lostAmong } from '../../_shared/reading.ts';
import { turn, visitsOf } from './calm.ts';

const CREATED_MS = 12_000;
/** Seconds: the last field of the zone's SOA. */
export const NEGATIVE_S = 10;

export function missingName(createdMs: number): Scenario {
  const name = 'missing-name';
  return {
    name,
    title: 'People ask for events.100xglobal.com; after 12 seconds it is put into the zone.',
    seed: 4711,
    untilMs: createdMs + 15_000,
    env: { clients: { RATE: '20', NAMES: '100xglobal.com=1 events.100xglobal.com=1' } },
    actions: [turn(createdMs, 'ns', { events: 'events 6 A 10.0.0.7' })],
    shows(run) {
      const visits = visitsOf(run).filter((visit) => visit.name === 'events.100xglobal.com');
      const lost = visits.filter(({ ok }) => !ok);
      const last = Math.max(...lost.map(({ intendedMs }) => intendedMs));
      const others = visitsOf(run).filter((visit) => visit.name === '100xglobal.com');
      return [
        between('lost visits of the app itself', lostAmong(others), 0, 0),
        between('kinds of loss', new Set(lost.map(({ error }) => error)).size, 1, 1),
        between('seconds of no after the name was there', (last - createdMs) / 1000, 0.5, NEGATIVE_S),
        between('visits of events that were answered', visits.length - lost.length, 30, 160),
      ];
    },
    values(run) {
      const visits = visitsOf(run).filter((visit) => visit.name === 'events.100xglobal.com');
      const after = visits.filter(({ ok, intendedMs }) => !ok && intendedMs > createdMs);
      const firstOk = Math.min(...visits.filter(({ ok }) => ok).map(({ intendedMs }) => intendedMs));
      return {
        lostAfterFix: after.length,
        firstAnswerAfterS: (firstOk - createdMs) / 1000,
        error: after[0]?.error ?? '',
      };
    },
  };
}

export const scenario: Scenario = missingName(CREATED_MS);
