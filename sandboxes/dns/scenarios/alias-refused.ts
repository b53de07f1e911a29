// Somebody writes a CNAME at 100xglobal.com itself, to follow the name of a provider's balancer.
// Must show that the zone is refused with a line that says what to do, and that everything goes on as before.
import type { Scenario } from '../../_shared/check.ts';
import { between, loggedAtSeconds, lostAmong } from '../../_shared/reading.ts';
import { turn, visitsOf } from './calm.ts';

const WRITTEN_MS = 5000;

export const scenario: Scenario = {
  name: 'alias-refused',
  title: 'After 5 seconds a CNAME is written at the apex.',
  seed: 4711,
  untilMs: 15_000,
  actions: [turn(WRITTEN_MS, 'ns', { app: '@ 6 CNAME lb.example.net.' })],
  shows(run) {
    const visits = visitsOf(run);
    const refusedAtS =
      loggedAtSeconds(run, 'ns', /RFC 1034, section 3\.6\.2.*write the addresses/, WRITTEN_MS) ?? 0;
    return [
      between('seconds until the refusal', refusedAtS - WRITTEN_MS / 1000, 0, 0.1),
      between('lost visits', lostAmong(visits), 0, 0),
      between(
        'answers of old after it',
        visits.filter(({ by, intendedMs }) => by === 'old' && intendedMs > 12_000).length,
        30,
        120,
      ),
    ];
  },
  values(run) {
    const line = run.events.find(
      (event) => event.kind === 'log' && event.machine === 'ns' && event.stream === 'stderr',
    );
    return { refusal: line?.kind === 'log' ? line.text.trim() : '', lost: lostAmong(visitsOf(run)) };
  },
};
