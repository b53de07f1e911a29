// The primary is cut off from the other stores and the monitor, but not from its clients. Another is appointed; for a
// while there are two. Then the cut is mended.
// Must show that the fence ends it at once, and that what the old primary acknowledged meanwhile is gone.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { lastAudit, links, primariesOf, stateOf, turn } from '../../_shared/replication.ts';

const CUT_MS = 3000;
const MEND_MS = 5500;
const others = ['store2', 'store3', 'monitor'];

/** The same cut, however writes are acknowledged and whether or not replicas keep to their promise. */
export function split(
  name: string,
  title: string,
  mode: string,
  env: Scenario['env'],
  shows: Scenario['shows'],
): Scenario {
  return {
    ...{ name, title, shows },
    seed: 4711,
    untilMs: 7500,
    ...(env === undefined ? {} : { env }),
    actions: [
      turn('monitor', { mode, lagMs: 0 }),
      turn('clients', { ratePerSecond: 100 }),
      ...links('cut', 'store1', others, CUT_MS),
      ...links('mend', 'store1', others, MEND_MS),
    ],
    values(run) {
      const { lost, acknowledged } = lastAudit(run);
      const begun = primariesOf(run).find(({ epoch }) => epoch === 2);
      return {
        ...{ lost, acknowledged },
        twoPrimariesS: (MEND_MS * 1e6 - (begun?.atNs ?? 0)) / 1e9,
        primariesAtEnd: primariesAtEnd(run),
      };
    },
  };
}

export function primariesAtEnd(run: Parameters<Scenario['shows']>[0]): number {
  return ['store1', 'store2', 'store3'].filter((store) => stateOf(run, store)?.role === 'primary').length;
}

export const scenario: Scenario = split(
  'split-brain',
  'The primary is cut off from all but its clients for 2.5 seconds, and acknowledges alone.',
  'async',
  undefined,
  (run) => [
    between('acknowledged and gone', lastAudit(run).lost, 30, 250),
    between('primaries at the end', primariesAtEnd(run), 1, 1),
  ],
);
