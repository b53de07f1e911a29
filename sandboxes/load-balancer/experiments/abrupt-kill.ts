// Experiment: what a kill loses at once is what the app has in flight, and that is its rate times the time that a request
// takes there (Little's law). The way to app2 is made long, 200 ms, so that there is something in flight; a drain would
// have waited for it. Played by `npm run experiments -- load-balancer/abrupt-kill`.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment, Values } from '../../_shared/experiment.ts';
import { between, dueBetween, samplesOf } from '../../_shared/reading.ts';

const KILL_MS = 2500;
const RATE = 30;

const scenario: Scenario = {
  name: 'abrupt-kill',
  title: 'The way to app2 takes 200 ms; after 2.5 seconds it is killed.',
  seed: 4711,
  untilMs: 4000,
  // Nothing is sent to app2 after the kill: what was sent before is all that can be lost.
  actions: [
    { atNs: 1e6, do: 'delay', from: 'balancer', to: 'app2', ms: 200, oneWay: true },
    { atNs: KILL_MS * 1e6, do: 'input', machine: 'balancer', text: '{"drain": "app2"}\n' },
    { atNs: KILL_MS * 1e6, do: 'kill', machine: 'app2' },
  ],
  shows: (run) => [between('lost at once', samplesOf(run).filter((sample) => !sample.ok).length, 1, 20)],
  values(run) {
    const samples = samplesOf(run);
    const byApp2 = dueBetween(samples, 1500, KILL_MS).filter(({ by, ok }) => ok && by === 'app2');
    const waits = byApp2.map((sample) => sample.latencyMs);
    return {
      lost: samples.filter((sample) => !sample.ok).length,
      waitMs: waits.reduce((sum, one) => sum + one, 0) / waits.length,
    };
  },
};

const sum = (runs: readonly Values[], name: string) => runs.reduce((all, one) => all + Number(one[name]), 0);

export const experiment: Experiment = {
  name: 'abrupt-kill',
  theory:
    "λ/N × W, Little's law: lost at once, divided by 30 a second times the time that requests to app2 took",
  expected: 1,
  tolerance: 0.25,
  unit: '',
  because:
    'some 6 are in flight; every third arrival of three makes that ± √(6/3) = 1.4, and a mean of 8 runs ± 0.5 or 8 %: three of these',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  measure: ([runs = []]) => sum(runs, 'lost') / ((RATE * sum(runs, 'waitMs')) / 1000),
};
