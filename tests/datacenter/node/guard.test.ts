// Code that never yields, or prints without end, stops its own machine with file and line, and no other.
// The same run gives the same hash. What the guard counts is in loader/guard.ts and output.ts.
import { afterAll, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../../src/runtime/node-datacenter.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const BESIDE = `setInterval(() => console.log('still here'), 10);\n`;

async function runBeside(source: string): Promise<{ events: TraceEvent[]; hash: string }> {
  const { run, first } = await runtime.boot({
    cluster: {
      name: 'two',
      title: 'Two machines',
      machines: [
        { name: 'stuck', program: 'stuck.mjs' },
        { name: 'other', program: 'other.mjs' },
      ],
    },
    files: { 'guard/stuck.mjs': source, 'guard/other.mjs': BESIDE },
    sandbox: 'guard',
    seed: 7,
  });
  const { events, hash } = await run.advanceTo(100e6);
  run.stop();
  return { events: [...first.events, ...events], hash };
}

const logs = (events: readonly TraceEvent[], machine: string): string[] =>
  events.flatMap((event) => (event.kind === 'log' && event.machine === machine ? [event.text] : []));

const endOf = (events: readonly TraceEvent[], machine: string) =>
  events.findLast((event) => event.kind === 'machine' && event.machine === machine);

/** Each never yields; the line is where it is stopped. */
const endless: readonly (readonly [string, string, number])[] = [
  ['while', `console.log('a');\nwhile (true) {}\n`, 2],
  ['while without a block', `let i = 0;\n\nwhile (true) i++;\n`, 3],
  ['for', `setTimeout(() => {\n  for (;;);\n}, 5);\n`, 2],
  [
    'for of',
    `function* on() {\n  yield* on2();\n}\nfunction* on2() {\n  for (;;) yield 1;\n}\nfor (const _ of on());\n`,
    7,
  ],
  ['for in a label', `outer: for (;;) {\n  for (;;) continue outer;\n}\n`, 2],
  ['do', `do {\n} while (true);\n`, 1],
  ['promises', `const again = () => Promise.resolve().then(again);\nagain();\n`, 1],
  ['async recursion', `async function again() {\n  await null;\n  return again();\n}\nagain();\n`, 1],
  ['ticks', `function again() {\n  process.nextTick(again);\n}\nagain();\n`, 1],
  ['catch', `for (;;) {\n  try {\n    for (;;);\n  } catch {\n    for (;;);\n  }\n}\n`, 3],
  ['finally', `try {\n  throw 1;\n} finally {\n  while (1);\n}\n`, 4],
  ['a getter', `class A {\n  get value() {\n    for (;;);\n  }\n}\nnew A().value;\n`, 3],
  ['a static block', `class A {\n  static {\n    while (true);\n  }\n}\n`, 3],
  ['an arrow called by the library', `for (;;) [1, 2].forEach((x) => x);\n`, 1],
  [
    'after process.exit() in a catch',
    `try {\n  while (true);\n} catch {\n  process.exit(0);\n}\nwhile (true);\n`,
    2,
  ],
];

describe('code that never yields', () => {
  for (const [what, source, line] of endless) {
    test(`${what} stops its machine at its line`, async () => {
      const { events } = await runBeside(source);
      const where = `/srv/guard/stuck.mjs:${line}`;
      expect(logs(events, 'stuck').at(-1)).toBe(
        `${where}\nexpected code that ends or waits, found 20,000,000 steps in one turn: give this loop an end, or wait in it (await, setTimeout)\n`,
      );
      expect(endOf(events, 'stuck')).toMatchObject({
        state: 'killed',
        why: `stopped at ${where}: it never yields`,
      });
      expect(logs(events, 'other').length).toBeGreaterThan(8);
      expect(endOf(events, 'other')).toMatchObject({ state: 'up' });
    });
  }

  test('stops at the same step each time', async () => {
    const source = `let n = 0;\nsetInterval(() => {\n  if (n++ > 3) for (;;) Math.random();\n}, 7);\n`;
    expect((await runBeside(source)).hash).toBe((await runBeside(source)).hash);
  });

  test('a busy loop on the clock ends, and blocks its own machine only', async () => {
    const { events } = await runBeside(
      `const end = performance.now() + 50;\nwhile (performance.now() < end);\nconsole.log('done');\n`,
    );
    expect(logs(events, 'stuck')).toEqual(['done\n']);
    expect(events.find((event) => event.kind === 'log' && event.machine === 'stuck')?.atNs).toBeGreaterThan(
      50e6,
    );
  });
});

describe('printing without end', () => {
  test('too many lines in one turn stop the machine, with the line that printed', async () => {
    const { events } = await runBeside(`let i = 0;\nfor (;;) console.log(i++);\n`);
    const printed = logs(events, 'stuck');
    expect(printed).toHaveLength(10_001);
    expect(printed.at(-1)).toBe(
      '/srv/guard/stuck.mjs:2\nexpected a program that prints now and then, found more than 10,000 writes in one turn: print less, or wait in between (await, setTimeout)\n',
    );
    expect(endOf(events, 'stuck')).toMatchObject({
      state: 'killed',
      why: 'stopped at /srv/guard/stuck.mjs:2: it prints without end',
    });
    expect(logs(events, 'other').length).toBeGreaterThan(8);
  });

  test('too much text in one turn stops the machine', async () => {
    const { events } = await runBeside(
      `const text = 'x'.repeat(90_000);\nwhile (true) console.error(text);\n`,
    );
    expect(logs(events, 'stuck').at(-1)).toMatch(/found more than 4,000,000 characters in one turn/);
    expect(endOf(events, 'stuck')).toMatchObject({ state: 'killed' });
  });

  test('a long text is cut with a note, and the program goes on', async () => {
    const { events } = await runBeside(`console.log('y'.repeat(250_000));\nconsole.log('after');\n`);
    const [long, after] = logs(events, 'stuck');
    expect(long?.slice(99_990)).toBe(`${'y'.repeat(10)}… (150,001 more characters were cut)\n`);
    expect(after).toBe('after\n');
  });

  test('a program that waits in between may print for ever', async () => {
    const { events } = await runBeside(
      `setInterval(() => {\n  for (let i = 0; i < 3000; i++) console.log(i);\n}, 10);\n`,
    );
    expect(endOf(events, 'stuck')).toMatchObject({ state: 'up' });
    expect(logs(events, 'stuck').length).toBeGreaterThan(20_000);
  });
});
