// How busy machines were, second by second: from views made up, and from the engine's own.
// The second boots a cluster of two machines; nothing here draws.
import { expect, test } from 'vitest';
import type { MachineView } from '../../src/datacenter/contract.ts';
import { LabModel } from '../../src/islands/lab/model.ts';
import { Utilization } from '../../src/islands/lab/utilization.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';

const view = (busyNs: number): MachineView[] => [
  { name: 'app1', address: '', role: 'server', state: 'up', served: 0, busyNs },
];

test('work is laid on the seconds in which it was done, and a long turn is carried on', () => {
  const busy = new Utilization();
  busy.take(0.5e9, view(0.1e9));
  busy.take(2e9, view(0.4e9));
  expect(busy.of('app1')?.map((share) => Math.round(share * 100))).toEqual([20, 20]);
  busy.take(2.1e9, view(2.4e9));
  busy.take(5e9, view(2.4e9));
  const carried = busy.of('app1')?.slice(2) ?? [];
  expect(carried.every((share) => share <= 1)).toBe(true);
  expect(carried.reduce((sum, share) => sum + share, 0)).toBeCloseTo(2);
  expect(busy.of('app2')).toBeNull();
});

test('the engine tells how busy a machine was', async () => {
  const runtime = datacenterRuntime();
  const program = `setInterval(() => { const to = performance.now() + 50; while (performance.now() < to); }, 100);`;
  try {
    const { run, first } = await runtime.boot({
      cluster: {
        name: 'x',
        title: 'X',
        machines: [
          { name: 'busy', program: 'a.ts' },
          { name: 'calm', program: 'b.ts' },
        ],
      },
      files: { 'x/a.ts': program, 'x/b.ts': 'setInterval(() => {}, 1000);' },
      sandbox: 'x',
      seed: 1,
    });
    const model = new LabModel();
    model.apply(first);
    model.apply(await run.advanceTo(3e9));
    run.stop();
    const at = (name: string): number => model.utilization.of(name)?.at(-1) ?? Number.NaN;
    expect(at('busy')).toBeGreaterThan(0.4);
    expect(at('busy')).toBeLessThan(0.6);
    expect(at('calm')).toBeLessThan(0.1);
  } finally {
    await runtime.close();
  }
});
