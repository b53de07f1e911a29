// Semi-sync waits for one copy, for 0.7 seconds at most. The primary loses both replicas, goes on alone, and then dies.
// Must show that the writes of that time were acknowledged, and that the next primary has none of them.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { lastAudit, links, published, turn } from '../../_shared/replication.ts';

const CUT_MS = 3000;
const OUTAGE_MS = 5000;

export const scenario: Scenario = {
  name: 'semi-sync-fallback',
  title: 'The replicas are cut off for 2 seconds; the primary falls back to async, and then loses its power.',
  seed: 4711,
  untilMs: 8500,
  actions: [
    turn('monitor', { mode: 'semi-sync', lagMs: 0 }),
    ...links('cut', 'store1', ['store2', 'store3'], CUT_MS),
    { atNs: OUTAGE_MS * 1e6, do: 'powerOff', machine: 'store1' },
  ],
  shows(run) {
    const { lost } = lastAudit(run);
    // Acknowledged 0.7 s late: what came in the first 1.3 of the 2 seconds, 200 a second; four standard deviations.
    return [
      between('acknowledged and gone', lost, 196, 324),
      between('acknowledged with one copy', alone(run), lost, lost + 5),
    ];
  },
  values(run) {
    const { lost, acknowledged } = lastAudit(run);
    return { lost, acknowledged, alone: alone(run) };
  },
};

function alone(run: Parameters<Scenario['shows']>[0]): number {
  return published<{ copies: number; write: boolean }>(run, 'acknowledged').filter(
    ({ copies }) => copies === 1,
  ).length;
}
