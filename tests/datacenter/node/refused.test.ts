// What is refused is told from one table: each module of Node is carried or stands in it, and a program that asks
// for one is told why.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { afterAll, expect, test } from 'vitest';
import { CompiledLibrary, type NodeLibrary, REFUSALS } from '../../../src/datacenter/datacenter.ts';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';
import { outcomeOf } from './both.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

test('each module of Node is carried, or refused with a reason', () => {
  const library = new CompiledLibrary(
    JSON.parse(readFileSync('.generated/node-library.json', 'utf8')) as NodeLibrary,
  );
  const refused = new Set(REFUSALS.map(({ name }) => name));
  const own = new Set(['module']);
  const bare = builtinModules.map((id) => id.replace(/^node:/, ''));
  expect(bare.filter((id) => !library.has(id) && !own.has(id) && !refused.has(`node:${id}`))).toEqual([]);
});

test('a program that asks for one is told why', async () => {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One machine', machines: [{ name: 'solo', program: 'a.cjs' }] },
    files: { 'a/a.cjs': "try { require('node:repl') } catch (error) { console.log(error.message) }" },
    sandbox: 'a',
    seed: 1,
  });
  const { events } = await run.advanceTo(1e9);
  run.stop();
  const { expected, why } = REFUSALS.find(({ name }) => name === 'node:repl') ?? {};
  expect(outcomeOf([...first.events, ...events]).stdout).toBe(
    `expected ${expected}, found node:repl: ${why}\n`,
  );
});
