// A program that does nothing breaks few promises: that one which throws when it is loaded, loops, hangs or leaves is not
// taken for a solution, while ends that the plan makes count against nobody. In the real data center.
import { afterAll, expect, test } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { type Check, judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { loadSandbox } from '../../src/runtime/sandbox.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());
const sandbox = loadSandbox('x', {
  'x/cluster.json': '{"name":"x","title":"X","machines":[{"name":"a","program":"a.ts"}]}',
  'x/a.ts': '',
});
const waits = 'setInterval(() => {}, 1000);';

async function broken(program: string, actions: Action[] = []): Promise<string[]> {
  const judge = () => [{ name: 'no harm is done', pass: true, expected: 'none', found: 'none' }];
  const check: Check = { seeds: 1, untilMs: 100, plan: () => actions, judge };
  const work = { runtime, sandbox, exercise: 'e', check, edits: { 'x/a.ts': program } };
  const findings = await judgeSeed(work, 1);
  return findings.flatMap(({ pass, found }) => (pass ? [] : [found]));
}

test('a program that falls over keeps no promise', async () => {
  expect(await broken('throw new Error("no")')).toEqual([
    'a crashed: an error that nobody caught: Error: no',
  ]);
  expect(await broken('process.exit(0)')).toEqual([expect.stringMatching(/^a exited: /)]);
  expect(await broken('while (true) {}')).toEqual([expect.stringMatching(/^a killed: .*it never yields/)]);
  expect(await broken(waits)).toEqual([]);
});

test('a machine that the plan kills has not fallen by itself', async () => {
  expect(await broken(waits, [{ atNs: 50e6, do: 'kill', machine: 'a' }])).toEqual([]);
});

test('a server that hangs while it loads keeps no promise, one that answers does', async () => {
  const asks = loadSandbox('y', {
    'y/cluster.json':
      '{"name":"y","title":"Y","machines":[{"name":"a","program":"a.ts"},{"name":"b","program":"b.ts"}]}',
    'y/a.ts': '',
    'y/b.ts': `import { get } from 'node:http';
      setInterval(() => get('http://a/x', (answer) => answer.resume()).on('error', () => {}), 20);`,
  });
  const judge = () => [{ name: 'no harm is done', pass: true, expected: 'none', found: 'none' }];
  const check: Check = { seeds: 1, untilMs: 100, plan: () => [], judge };
  const found = async (program: string) => {
    const work = { runtime, sandbox: asks, exercise: 'e', check, edits: { 'y/a.ts': program } };
    return (await judgeSeed(work, 1)).find(({ pass }) => !pass)?.found;
  };
  expect(await found(`${waits} await new Promise(() => {});`)).toBe('none: b asked first for GET /x');
  expect(
    await found("import { createServer } from 'node:http'; createServer((_, a) => a.end('x')).listen(80);"),
  ).toBe(undefined);
});
