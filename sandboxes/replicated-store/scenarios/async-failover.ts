// The primary acknowledges alone and its copies follow half a second later; then its power fails.
// Must show that what was acknowledged in that half second is gone: rate times lag, and nobody was told.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { lastAudit, primariesOf } from '../../_shared/replication.ts';

const OUTAGE_MS = 4000;
/** Writes per second and seconds of lag, from cluster.json. */
const WRITES_PER_SECOND = 200;
const LAG_S = 0.5;
const expected = WRITES_PER_SECOND * LAG_S;

export const scenario: Scenario = {
  name: 'async-failover',
  title: 'Copies follow half a second later; after 4 seconds the primary loses its power.',
  seed: 4711,
  untilMs: 8000,
  actions: [{ atNs: OUTAGE_MS * 1e6, do: 'powerOff', machine: 'store1' }],
  shows(run) {
    const { lost, by } = lastAudit(run);
    const next = primariesOf(run).find(({ epoch }) => epoch === 2);
    return [
      // Poisson arrivals: four standard deviations.
      between('acknowledged and gone', lost, expected - 40, expected + 40),
      between('seconds without a primary', (next?.atNs ?? 0) / 1e9 - OUTAGE_MS / 1000, 0.6, 1.3),
      { name: 'another store is primary', pass: by !== 'store1', expected: 'store2 or store3', found: by },
      between('failed before', lostAmong(dueBetween(samplesOf(run), 0, OUTAGE_MS - 1000)), 0, 0),
    ];
  },
  values(run) {
    const { lost, acknowledged, by } = lastAudit(run);
    const next = primariesOf(run).find(({ epoch }) => epoch === 2);
    return {
      ...{ lost, acknowledged, primary: by, expected },
      withoutPrimaryMs: (next?.atNs ?? 0) / 1e6 - OUTAGE_MS,
      failed: lostAmong(samplesOf(run)),
    };
  },
};
