// Three small machines at 60 percent, and one dies: two work 90 percent of their time, and carry on. Then the balancer
// dies, and two machines that are well serve nobody.
// Must show that the rest holds where the rule (N - 1) / N is kept, and that the address in front is a single point, too.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { survivalOf, threeAt } from './three-at-70.ts';

const BALANCER_DIES_MS = 18_000;
const whole = threeAt(60);

export const scenario: Scenario = {
  ...whole,
  title: `${whole.title} After 18 seconds the balancer is killed.`,
  actions: [...whole.actions, { atNs: BALANCER_DIES_MS * 1e6, do: 'kill', machine: 'balancer' }],
  shows(run) {
    const before = survivalOf(run, BALANCER_DIES_MS);
    const after = dueBetween(samplesOf(run), BALANCER_DIES_MS, Number.POSITIVE_INFINITY);
    return [
      // In flight when the machine died.
      between('lost orders until the balancer dies', before.lost, 0, 5),
      between('waiting when the balancer dies', before.waitingAtEnd, 0, 40),
      between('median before that, ms', before.medianAtEndMs, 30, 500),
      between('answered after that', after.length - lostAmong(after), 0, 0),
    ];
  },
  values(run) {
    const after = dueBetween(samplesOf(run), BALANCER_DIES_MS, Number.POSITIVE_INFINITY);
    return {
      ...whole.values(run),
      ...survivalOf(run, BALANCER_DIES_MS),
      lostWithoutBalancer: lostAmong(after),
    };
  },
};
