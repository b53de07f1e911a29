// Experiments, played: made-up ones in a folder of their own, on a runtime that answers with the seed, so that only
// the judging is looked at; and what `brownout experiments` says of names. No program runs but the command itself.
import { afterAll, expect, test, vi } from 'vitest';
import { experimentNames, playExperiment } from '../../src/build/experiment.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { brownout, folderOf } from '../cli/command-line.ts';

const scenario = `{ name: 's', title: 'S.', seed: 1, untilMs: 5, actions: [], shows: () => [],
  values: (run) => ({ seed: run.seed, heard: run.events.length }) }`;
const experiment = (name: string, more: string) =>
  `export const experiment = { name: '${name}', theory: 't', expected: 15, tolerance: 1, unit: 's', because: 'b',
  scenarios: [${scenario}], seeds: [10, 20], ${more} };`;
const mean = 'measure: ([runs]) => (runs[0].seed + runs[1].seed) / 2';

const folder = folderOf({
  'astro.config.mjs': '',
  'sandboxes/made-up/cluster.json':
    '{ "name": "made-up", "title": "T", "machines": [{ "name": "a", "program": "a.ts" }] }',
  'sandboxes/made-up/a.ts': '',
  'sandboxes/made-up/experiments/agrees.ts': experiment('agrees', mean),
  'sandboxes/made-up/experiments/at-the-edge.ts': experiment('at-the-edge', `${mean}, expected: 16`),
  'sandboxes/made-up/experiments/disagrees.ts': experiment('disagrees', `${mean}, expected: 16.1`),
  'sandboxes/made-up/experiments/no-number.ts': experiment('no-number', 'measure: () => 0 / 0'),
  'sandboxes/made-up/experiments/endless.ts': experiment('endless', 'measure: () => 1 / 0, tolerance: 1e9'),
  'sandboxes/made-up/experiments/two-scenarios.ts': experiment(
    'two-scenarios',
    `scenarios: [${scenario}, ${scenario}], expected: 64, measure: (runs) => runs.flat().reduce((sum, one) => sum + one.seed + one.heard, 0)`,
  ),
  'sandboxes/made-up/experiments/none.ts': 'export const other = 1;',
  'sandboxes/made-up/experiments/misnamed.ts': experiment('named', mean),
  'sandboxes/made-up/experiments/seedless.ts': experiment('seedless', `${mean}, seeds: []`),
  'sandboxes/made-up/experiments/notes.md': 'no experiment',
});
const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder.path);
afterAll(() => {
  cwd.mockRestore();
  folder.remove();
});

/** Tells one event per run and nothing else; keeps what it was asked to boot. */
const booted: number[] = [];
const runtime = {
  boot: (spec: { seed: number }) => {
    booted.push(spec.seed);
    return Promise.resolve({
      first: { events: [{}] },
      run: {
        advanceTo: () => Promise.resolve({ events: [], hash: 'h', machines: [] }),
        stop: () => {},
      },
    });
  },
} as unknown as Runtime;
const play = (name: string) => playExperiment('made-up', name, runtime);

test('an experiment within its tolerance agrees, and says all that it was measured by', async () => {
  expect(await play('agrees')).toEqual({
    name: 'agrees',
    sandbox: 'made-up',
    theory: 't',
    expected: 15,
    measured: 15,
    tolerance: 1,
    unit: 's',
    because: 'b',
    seeds: [10, 20],
    pass: true,
  });
});

test('the tolerance itself still agrees, more than it does not', async () => {
  expect(await play('at-the-edge')).toMatchObject({ measured: 15, expected: 16, pass: true });
  expect(await play('disagrees')).toMatchObject({ measured: 15, expected: 16.1, pass: false });
});

test('what is no number agrees with nothing', async () => {
  expect(await play('no-number')).toMatchObject({ measured: Number.NaN, pass: false });
  expect(await play('endless')).toMatchObject({ measured: Number.POSITIVE_INFINITY, pass: false });
});

test('each scenario is played with each seed, in order, instead of its own', async () => {
  booted.length = 0;
  expect(await play('two-scenarios')).toMatchObject({ measured: 64, pass: true });
  expect(booted).toEqual([10, 20, 10, 20]);
});

test('a file without an experiment of its name says what it has', async () => {
  const said = (name: string) => play(name).catch((error: Error) => error.message.replace(folder.path, ''));
  const expected = (name: string) =>
    `/sandboxes/made-up/experiments/${name}.ts: expected \`export const experiment\` with the name '${name}', a scenario and a seed, found`;
  expect(await said('none')).toBe(`${expected('none')} none: correct it`);
  expect(await said('misnamed')).toBe(`${expected('misnamed')} 'named', 1 scenarios, 2 seeds: correct it`);
  expect(await said('seedless')).toBe(`${expected('seedless')} 'seedless', 1 scenarios, 0 seeds: correct it`);
});

test('the names are those of the programs in experiments/, sorted; a sandbox may have none', () => {
  expect(experimentNames('made-up')).toEqual(
    'agrees at-the-edge disagrees endless misnamed no-number none seedless two-scenarios'.split(' '),
  );
  expect(experimentNames('nowhere')).toEqual([]);
});

test('the command lists the experiments and refuses names that are none', async () => {
  const [listed, stranger] = await Promise.all([
    brownout(['experiments', 'load-balancer', '--list']),
    brownout(['experiments', 'load-balancer/luck']),
  ]);
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toContain('load-balancer/health-check-loss\n');
  expect(stranger).toMatchObject({ code: 2, out: '' });
  expect(stranger.err).toMatch(
    /^brownout: expected SANDBOX or SANDBOX\/NAME of .*load-balancer\/health-check-loss.*, found 'load-balancer\/luck': correct the name\n$/,
  );
});
