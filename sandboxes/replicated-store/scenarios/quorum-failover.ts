// The same power cut, but a write is acknowledged only when a majority has it on disk.
// Must show that nothing acknowledged is gone, and what each write waits for it.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, latencyMs, samplesOf } from '../../_shared/reading.ts';
import { lastAudit, turn } from '../../_shared/replication.ts';

const OUTAGE_MS = 4000;

export const scenario: Scenario = {
  name: 'quorum-failover',
  title: 'A majority must have each write; after 4 seconds the primary loses its power.',
  seed: 4711,
  untilMs: 8000,
  actions: [
    turn('monitor', { mode: 'quorum', lagMs: 0 }),
    { atNs: OUTAGE_MS * 1e6, do: 'powerOff', machine: 'store1' },
  ],
  shows(run) {
    const { lost, by, acknowledged } = lastAudit(run);
    return [
      between('acknowledged and gone', lost, 0, 0),
      between('acknowledged', acknowledged, 1000, 1600),
      { name: 'another store is primary', pass: by !== 'store1', expected: 'store2 or store3', found: by },
    ];
  },
  values(run) {
    const { lost, acknowledged } = lastAudit(run);
    const p50Ms = latencyMs(dueBetween(samplesOf(run), 1000, OUTAGE_MS - 500), 0.5);
    return { lost, acknowledged, p50Ms };
  },
};
