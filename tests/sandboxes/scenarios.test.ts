// Every scenario of every sandbox, run in the data center: shows what it must, and shows it again to the byte.
// What the build has recorded is what is judged here; where nothing is recorded of these very files, it is run.
// A failure prints the seed and the findings that were not met.
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../src/build/engine-run.ts';
import { recordedRun } from '../../src/build/recorded.ts';
import { sandboxNames, scenarioNames } from './read.ts';

for (const sandbox of sandboxNames) {
  describe(sandbox, () => {
    const names = scenarioNames(sandbox);

    for (const name of names) {
      test(`${name} shows what it must`, async () => {
        const run = await recordedRun(sandbox, name);
        expect(run.name).toBe(name);
        expect(run.findings.length).toBeGreaterThan(0);
        const broken = run.findings.filter((finding) => !finding.pass);
        expect(broken, `seed=${run.seed}`).toEqual([]);
        for (const [key, value] of Object.entries(run.values)) {
          expect(typeof value === 'string' || Number.isFinite(value), `${key} is ${value}`).toBe(true);
        }
      });
    }

    test('the same scenario gives the same run', async () => {
      const runs = await Promise.all(names.map((name) => recordedRun(sandbox, name)));
      const { name, hash } = runs.reduce((a, b) => (b.untilNs < a.untilNs ? b : a));
      expect((await runScenario(sandbox, name)).hash).toBe(hash);
    });
  });
}
