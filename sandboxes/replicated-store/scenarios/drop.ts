// Somebody deletes everything on the primary.
// Must show that the replicas do the same as soon as the lag has passed: a replica copies mistakes as well.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { published, stateOf, turn } from '../../_shared/replication.ts';

const DROP_MS = 3000;

function gone(run: Parameters<Scenario['shows']>[0], store: string): number {
  const states = published<{ keys: number }>(run, 'state').filter(({ machine }) => machine === store);
  const first = states.find(({ atNs, keys }) => atNs > DROP_MS * 1e6 && keys < 200);
  return (first?.atNs ?? Number.POSITIVE_INFINITY) / 1e6 - DROP_MS;
}

export const scenario: Scenario = {
  name: 'drop',
  title: 'After 3 seconds somebody deletes every key.',
  seed: 4711,
  untilMs: 5000,
  actions: [turn('clients', { drop: true }, DROP_MS)],
  shows(run) {
    return [
      between('keys before', stateOf(run, 'store3', DROP_MS * 1e6)?.keys ?? 0, 300, 600),
      between('ms until the primary has none', gone(run, 'store1'), 0, 150),
      between('ms until a replica has none', gone(run, 'store3'), 500, 650),
    ];
  },
  values(run) {
    const keysBefore = stateOf(run, 'store3', DROP_MS * 1e6)?.keys ?? 0;
    return { keysBefore, replicaMs: gone(run, 'store3') };
  },
};
