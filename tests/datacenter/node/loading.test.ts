// What is said of programs that cannot be loaded: expected, found, fix, with file and line, word for word.
// Some are refused before anything boots; others are errors of the program, as Node prints them.
import { afterAll, describe, expect, test } from 'vitest';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';
import { RunProblem } from '../../../src/runtime/runtime.ts';
import { outcomeOf } from './both.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

async function load(files: Record<string, string>, program = Object.keys(files)[0] ?? '') {
  const { run, first } = await runtime.boot({
    cluster: { name: 'one', title: 'One machine', machines: [{ name: 'solo', program }] },
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`bad/${path}`, text])),
    sandbox: 'bad',
    seed: 1,
  });
  const { events } = await run.advanceTo(1e9);
  run.stop();
  return outcomeOf([...first.events, ...events]);
}

async function complaint(files: Record<string, string>): Promise<string> {
  try {
    await load(files);
  } catch (problem) {
    if (problem instanceof RunProblem) return problem.message;
    throw problem;
  }
  return 'nothing was wrong';
}

describe('refused before anything boots', () => {
  const cases: readonly (readonly [string, Record<string, string>])[] = [
    ['a syntax error', { 'a.ts': 'const a: number = 1;\nconst b = ;\n' }],
    ['a syntax error in JavaScript', { 'a.mjs': 'const a = 1;\nfunction (\n' }],
    ['an unclosed block', { 'a.mjs': 'if (true) {\n' }],
    ['a wrong word', { 'a.mjs': 'let class = 1;\n' }],
    [
      'JSON that is none',
      { 'a.mjs': `import x from './x.json' with { type: 'json' };\n`, 'x.json': '{a:1}' },
    ],
    ['an enum', { 'a.ts': '// enum in a comment { }\nenum Color {\n  Red,\n}\n' }],
    ['a namespace', { 'a.ts': 'export namespace N {\n  export const a = 1;\n}\n' }],
    ['a parameter property', { 'a.ts': 'class A {\n  constructor(\n    readonly x: number,\n  ) {}\n}\n' }],
    ['an import of a missing file', { 'a.ts': `\nimport { b } from './b.ts';\nb();\n` }],
    [
      'an import without an ending',
      { 'a.ts': `import { b } from './b';\n`, 'b.ts': 'export const b = 1;\n' },
    ],
    ['an unknown built-in', { 'a.ts': `import x from 'node:nothing';\n` }],
    ['a package', { 'a.ts': `import express from 'express';\n` }],
    ['a module that is not carried', { 'a.ts': `import repl from 'node:repl';\n` }],
  ];
  for (const [what, files] of cases) {
    test(what, async () => expect(await complaint(files)).toMatchSnapshot());
  }
});

describe('errors of the program', () => {
  const cases: readonly (readonly [string, Record<string, string>])[] = [
    [
      'a missing export',
      { 'a.mjs': `\nimport { nope } from './b.mjs';\n`, 'b.mjs': 'export const yes = 1;\n' },
    ],
    ['a missing export of a built-in', { 'a.mjs': `import { nope } from 'node:fs';\n` }],
    [
      'a missing export of CommonJS',
      { 'a.mjs': `import { nope } from './b.cjs';\n`, 'b.cjs': 'exports.yes = 1;\n' },
    ],
    ['a missing file in import()', { 'a.mjs': `await import('./none.mjs');\n` }],
    ['a missing file in require()', { 'a.cjs': `require('./none');\n` }],
    ['a name that nothing has', { 'a.mjs': `\nconsole.log(nobody);\n` }],
    ['fetch() of a host that nobody has', { 'a.mjs': `await fetch('http://a/');\n` }],
    ['a class that is not carried', { 'a.mjs': `new Performance();\n` }],
    ['a Unix socket', { 'a.mjs': `import net from 'node:net';\nnet.connect('/tmp/socket');\n` }],
  ];
  for (const [what, files] of cases) {
    test(what, async () => expect(await load(files)).toMatchSnapshot());
  }
});

test('what JavaScript cannot see is shown as unknown', async () => {
  const source = `console.log(Promise.resolve(1), [1].values(), new Proxy([1], {}));\n`;
  const { stdout } = await load({ 'a.mjs': source });
  expect(stdout).toBe('Promise { <state unknown> } Object [Array Iterator] {} [ 1 ]\n');
});
