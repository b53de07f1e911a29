// A connection for each request; app2 is frozen. Its kernel still accepts connections, its program says nothing.
// Must show that a check that only connects never notices, and that one that asks does.
import type { Scenario } from '../../_shared/check.ts';
import { between, lostAmong } from '../../_shared/reading.ts';
import { through } from './kept.ts';

const FREEZE_MS = 3000;
/** By then a check that asks has noticed: two of them, a second apart, each with a second of patience. */
const NOTICED_MS = FREEZE_MS + 5000;

export const scenario: Scenario = {
  name: 'frozen',
  title: 'A connection for each request; after 3 seconds app2 is frozen.',
  seed: 4711,
  untilMs: 15_000,
  env: { clients: { CONNECTIONS: 'new' } },
  actions: [{ atNs: FREEZE_MS * 1e6, do: 'freeze', machine: 'app2' }],
  shows(run) {
    const lost = (via: 'l4' | 'l7', fromMs: number) => {
      const samples = through(run, via, fromMs);
      return (100 * lostAmong(samples)) / samples.length;
    };
    return [
      between('percent lost through layer 4 to the end', lost('l4', NOTICED_MS), 30, 37),
      between('percent lost through layer 7 once it has noticed', lost('l7', NOTICED_MS), 0, 0),
      between('percent lost through layer 7 in all', lost('l7', FREEZE_MS), 3, 20),
    ];
  },
  values(run) {
    const late = through(run, 'l4', NOTICED_MS);
    return {
      lost4Percent: (100 * lostAmong(late)) / late.length,
      lost7: lostAmong(through(run, 'l7', FREEZE_MS)),
      lost7Late: lostAmong(through(run, 'l7', NOTICED_MS)),
    };
  },
};
