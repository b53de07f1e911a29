// node:test on a machine: a file of tests tells of each and ends with code 1 where one fails. Durations are of the
// run's clock, so they are left out of what is compared with what Node prints.
import { afterAll, expect, test } from 'vitest';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';
import { outcomeOf } from './both.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function outcome(text: string) {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One machine', machines: [{ name: 'solo', program: 'a.mjs' }] },
    files: { 'a/a.mjs': text },
    sandbox: 'a',
    seed: 1,
  });
  const { events } = await run.advanceTo(60e9);
  run.stop();
  return outcomeOf([...first.events, ...events]);
}

const HEAD = `import assert from 'node:assert'; import test, { before, describe, it } from 'node:test';`;

test('tells of tests, suites, skipped ones and mocks', async () => {
  const { stdout, code } = await outcome(`${HEAD}
    test('sums', async (t) => { await t.test('small', () => assert.equal(1 + 1, 2)); });
    describe('a suite', () => {
      before(() => {});
      it('waits', (t, done) => setTimeout(done, 10));
      it('is left out', { skip: 'no reason' }, () => assert.fail());
    });
    test('mocks', (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const called = t.mock.fn();
      setTimeout(called, 1000);
      t.mock.timers.tick(1000);
      assert.equal(called.mock.callCount(), 1);
    });`);
  const lines = stdout.split('\n').map((line) => line.replace(/ \([\d.]+ms\)/, ''));
  expect(lines.slice(0, 8)).toEqual([
    '▶ sums',
    '  ✔ small',
    '✔ sums',
    '▶ a suite',
    '  ✔ waits',
    '  ﹣ is left out # no reason',
    '✔ a suite',
    '✔ mocks',
  ]);
  expect(lines).toContain('ℹ pass 4');
  expect(code).toBe(0);
});

test('ends with code 1 where a test fails', async () => {
  const { stdout, code } = await outcome(`${HEAD} test('fails', () => assert.equal(1, 2));`);
  expect(stdout).toContain('ℹ fail 1');
  expect(stdout).toContain('AssertionError [ERR_ASSERTION]: 1 == 2');
  expect(code).toBe(1);
});
