// app2 is drained by hand, and killed a second later: by then it has nothing left to do.
// Must show that nothing is lost, neither by the drain nor by the kill.
import type { Scenario } from '../../_shared/check.ts';
import { answersBy, between, dueBetween, lostAmong, samplesOf } from '../../_shared/reading.ts';

const DRAIN_MS = 4000;
const KILL_MS = 5000;

export const scenario: Scenario = {
  name: 'drain',
  title: 'After 4 seconds app2 is drained, a second later it is killed.',
  seed: 4711,
  untilMs: 10_000,
  actions: [
    { atNs: DRAIN_MS * 1e6, do: 'input', machine: 'balancer', text: '{"drain": "app2"}\n' },
    { atNs: KILL_MS * 1e6, do: 'kill', machine: 'app2' },
  ],
  shows(run) {
    const samples = samplesOf(run);
    // What was due a moment before may still have gone to app2.
    const after = answersBy(dueBetween(samples, DRAIN_MS + 100, Number.POSITIVE_INFINITY));
    return [
      between('answered by app2 before', answersBy(dueBetween(samples, 0, DRAIN_MS))['app2'] ?? 0, 80, 160),
      between('answered by app2 once it is drained', after['app2'] ?? 0, 0, 0),
      between('lost requests', lostAmong(samples), 0, 0),
    ];
  },
  values: (run) => ({ lostRequests: lostAmong(samplesOf(run)) }),
};
