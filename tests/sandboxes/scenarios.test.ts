// Every scenario of every sandbox, run in the data center: shows what it must, and shows it again to the byte.
// A failure prints the seed and the findings that were not met.
import { afterAll, describe, expect, test } from 'vitest';
import type { Scenario } from '../../sandboxes/_shared/check.ts';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { runSpec } from '../../src/runtime/sandbox.ts';
import { exported, sandboxFromDisk, sandboxNames, scenarioNames } from './read.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function runScenario(sandbox: string, scenario: Scenario) {
  const spec = runSpec(sandboxFromDisk(sandbox), scenario);
  const { run, first } = await runtime.boot(spec);
  const untilNs = scenario.untilMs * 1e6;
  const batch = await run.advanceTo(untilNs);
  run.stop();
  const events: TraceEvent[] = [...first.events, ...batch.events];
  return { seed: scenario.seed, untilNs, events, hash: batch.hash };
}

for (const sandbox of sandboxNames) {
  describe(sandbox, () => {
    for (const name of scenarioNames(sandbox)) {
      test(`${name} shows what it must`, async () => {
        const scenario = await exported<Scenario>(`${sandbox}/scenarios/${name}.ts`, 'scenario');
        expect(scenario.name).toBe(name);
        const run = await runScenario(sandbox, scenario);
        const broken = scenario.shows(run).filter((finding) => !finding.pass);
        expect(broken, `seed=${scenario.seed}`).toEqual([]);
        for (const [key, value] of Object.entries(scenario.values(run))) {
          expect(typeof value === 'string' || Number.isFinite(value), `${key} is ${value}`).toBe(true);
        }
      });
    }

    test('the same scenario gives the same run', async () => {
      const name = scenarioNames(sandbox)[0];
      const scenario = await exported<Scenario>(`${sandbox}/scenarios/${name}.ts`, 'scenario');
      const [one, other] = [await runScenario(sandbox, scenario), await runScenario(sandbox, scenario)];
      expect(other.hash).toBe(one.hash);
    });
  });
}
