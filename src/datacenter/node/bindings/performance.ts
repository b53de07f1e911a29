// performance.now(), milestones and observers on the process's virtual clock. Histograms are refused.
// Called by registry.ts; reading the clock takes a little time, as machine/process.ts says.
import { RUN_STARTS_AT_MS } from '../clock.ts';
import type { Binding, Realm } from '../realm.ts';

export const performance = (realm: Realm): Binding => {
  const { process } = realm;
  const constants = realm.library.data('performance')['constants'] as Readonly<Record<string, number>>;
  const startNs = process.nowNs;
  const milestones = new Float64Array(8).fill(startNs);
  milestones[constants['NODE_PERFORMANCE_MILESTONE_TIME_ORIGIN_TIMESTAMP'] ?? 0] =
    (RUN_STARTS_AT_MS + startNs / 1e6) * 1000;
  return {
    constants,
    milestones,
    observerCounts: new Uint32Array(6),
    now: () => (process.readClockNs() - startNs) / 1e6,
    setupObservers: () => undefined,
    installGarbageCollectionTracking: () => undefined,
    removeGarbageCollectionTracking: () => undefined,
    notify: () => undefined,
    loopIdleTime: () => 0,
    markBootstrapComplete: () => undefined,
    uvMetricsInfo: () => [0, 0, 0],
  };
};
