// `brownout key` and what it guards: a key that does not belong to an assignment is refused; a hidden check fails what passed the
// page's and tells only its own words; and neither a program nor the process around it can read a key.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sandboxTexts } from '../../src/build/sandbox-texts.ts';
import type { Command } from '../../src/cli/command.ts';
import { lockedDown } from '../../src/cli/grade/exercise-pool.ts';
import { grade } from '../../src/cli/grade/grade.ts';
import { asAddress } from '../../src/cli/grade/hidden.ts';
import { key } from '../../src/cli/key.ts';
import { type Check, judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { loadSandbox } from '../../src/runtime/sandbox.ts';
import { idOf } from '../../src/teaching/assignment.ts';
import { keySchema } from '../../src/teaching/key.ts';
import { folderOf } from './command-line.ts';
import { inTimeMs, assignment as shared, solution } from './grade-class.ts';

const room = folderOf({});
afterAll(() => room.remove());
async function asked(command: Command, ...args: string[]): Promise<string> {
  let out = '';
  const hear = (text: string) => {
    out += text;
  };
  await command.run(args, { folder: room.path, out: hear, err: hear });
  return out;
}
const write = (name: string, value: unknown) => writeFileSync(join(room.path, name), JSON.stringify(value));
expect(await asked(key, '--out', 'key.json')).toMatch(
  /^\d+ graded questions of \d+ chapters, \d+ hidden checks: keep key.json secret\n$/,
);
const made = keySchema.parse(JSON.parse(readFileSync(join(room.path, 'key.json'), 'utf8')));
const items = [
  {
    kind: 'quiz' as const,
    chapter: 'load-balancing',
    pool: 'graded' as const,
    questions: 'all' as const,
    weight: 1,
  },
  { kind: 'exercise' as const, exercise: 'dns/negative', weight: 1 },
];
const assignment = { ...shared, items, late: [] };

test('a key holds every graded question and every exercise, for its owner alone', () => {
  expect(statSync(join(room.path, 'key.json')).mode & 0o077).toBe(0);
  expect(made.canary).toMatch(/^[A-Za-z0-9]{24,}(?: [A-Za-z0-9]{24,})*$/);
  expect(made.chapters['load-balancing']?.map(({ kind }) => kind)).toContain('order');
  expect(made.exercises['load-balancer/retry']).toMatchObject({ seeds: { 0: 51, length: 20 } });
  expect(made.exercises['dns/negative']).toEqual({ seeds: [], check: '' });
});

test('a key that does not belong to the assignment is refused, with what to do', async () => {
  write('assignment.json', assignment);
  mkdirSync(join(room.path, 'none'), { recursive: true });
  const refused = async (change: object, words: string) => {
    write('other.json', { ...made, ...change });
    const args = ['none', '--assignment', 'assignment.json', '--out', 'out', '--key', 'other.json'];
    await expect(asked(grade, ...args)).rejects.toThrow(words);
  };
  const again = 'make it anew by `brownout key --out FILE` in version';
  await refused(
    { course: '0.0.9' },
    `expected a key of version ${assignment.course} of the course, as the assignment, found 0.0.9: ${again}`,
  );
  await refused({ chapters: {} }, `expected graded questions of load-balancing, found none: ${again}`);
  await refused(
    { exercises: { 'dns/alias': { seeds: [], check: '' } } },
    `expected the exercise dns/negative, found only dns/alias: ${again}`,
  );
  await refused({ score: 1 }, "expected only known fields in the file, found 'score'");
  const one = { ...assignment, items: [{ ...items[0], questions: ['budgets', 'gone'] }] };
  write('assignment.json', one);
  await refused({}, "expected the graded question 'gone' of load-balancing, found only ");
});

test('a hidden check fails what passed, and tells its own words alone', async () => {
  const check = `export const feedback = { secret: 'Think of *others*.' };
    const found = { name: 'a name that tells', pass: false, expected: 'x', found: 'y', feedback: 'secret' };
    export const check = { seeds: 1, untilMs: 100, plan: () => [], judge: () => [found] };`;
  write('hidden.json', { ...made, exercises: { 'dns/negative': { seeds: [77], check } } });
  write('assignment.json', assignment);
  const order = made.chapters['load-balancing']?.find((each) => each.kind === 'order');
  const places = order?.items.map((_, index) => order.shown.indexOf(index)) ?? [];
  mkdirSync(join(room.path, 'in'), { recursive: true });
  write('in/ann.json', {
    ...{ format: 'brownout-submission', version: 1, assignment: idOf(assignment), student: 'ann' },
    course: assignment.course,
    answers: {
      [`load-balancing/graded:${order?.id}`]: {
        tries: [{ atMs: inTimeMs, answer: { kind: 'order', order: places } }],
      },
    },
    exercises: { 'dns/negative': { 'negative.ts': solution } },
  });
  const args = ['--assignment', 'assignment.json', '--out', 'out', '--key', 'hidden.json'];
  expect(await asked(grade, 'in', ...args)).toContain('1 graded, 0 problems');
  const [page = ''] = readdirSync(join(room.path, 'out/students'));
  const report = readFileSync(join(room.path, 'out/students', page), 'utf8');
  expect(report).toContain('A hidden check, which has more of them, found a broken one.');
  expect(report).toContain('Think of <em>others</em>.');
  expect(report).not.toMatch(/a name that tells|seed=77|#run=/);
  // One of the graded questions is right: put in order by the places in which it was shown.
  expect(report.match(/<h3 class="right">/g)).toHaveLength(1);
});

test('the hidden check of retry passes the solution and fails an order that is given twice', async () => {
  const { seeds = [], check: text = '' } = made.exercises['load-balancer/retry'] ?? {};
  const { check } = (await import(/* @vite-ignore */ asAddress(text))) as { readonly check: Check };
  const texts = await sandboxTexts();
  const runtime = datacenterRuntime();
  const broken = async (program: string) => {
    const edits = {
      'load-balancer/retry.ts': texts[`load-balancer/exercises/retry/${program}/retry.ts`] ?? '',
    };
    const sandbox = loadSandbox('load-balancer', texts);
    const findings = await judgeSeed({ runtime, sandbox, exercise: 'retry', check, edits }, seeds[0] ?? 0);
    return findings.filter(({ pass }) => !pass).map(({ feedback }) => feedback);
  };
  try {
    expect(await broken('solution')).toEqual([]);
    expect(await broken('hidden/mistakes/post-refused')).toEqual(['post-refused']);
  } finally {
    await runtime.close();
  }
});

/** Every way to what it must not have; prints those that are open. */
const prying = (port: number) => `
const open = [];
const tried = async (name, way) => { try { if (await way()) open.push(name); } catch {} };
const fs = await import('node:fs');
for (const path of ${JSON.stringify([
  join(room.path, 'key.json'),
  resolve('content/chapters/11-load-balancing/graded.yml'),
  resolve('sandboxes/load-balancer/exercises/retry/hidden/check.ts'),
  '/proc/self/environ',
  '/proc/self/cmdline',
  '/proc/1/environ',
])}) await tried(path, () => fs.readFileSync(path).length > 0);
await tried('a written file', () => { fs.writeFileSync(${JSON.stringify(join(room.path, 'forged.json'))}, '{}'); return true; });
await tried('a process', async () => (await import('node:child_process')).spawnSync('/bin/true').status === 0);
await tried('a variable', () => process.env.BROWNOUT_SECRET !== undefined);
await tried('a channel', () => process.send !== undefined && process.send({ kind: 'result' }));
const net = await import('node:net');
await tried('the network', () => new Promise((resolve) => {
  const socket = net.connect(${port}, '127.0.0.1', () => resolve(true));
  socket.on('error', () => resolve(false));
}));
console.log(JSON.stringify(open));
`;

test('neither a program nor the process around it reads a key, its variables or the network', async () => {
  process.env['BROWNOUT_SECRET'] = 'x';
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  const code = prying(typeof address === 'object' ? (address?.port ?? 0) : 0);
  const runtime = datacenterRuntime();
  try {
    // On its machine.
    const cluster = {
      name: 'pry',
      title: '',
      machines: [{ name: 'a', program: 'a.js', role: 'server' as const }],
    };
    const { run, first } = await runtime.boot({
      cluster,
      files: { 'pry/a.js': code },
      sandbox: 'pry',
      seed: 1,
    });
    const events = [...first.events, ...(await run.advanceTo(5e9)).events];
    expect(events.flatMap((event) => (event.kind === 'log' ? [event.text.trim()] : []))).toEqual(['[]']);
    // In the process, had it broken out.
    const { execPath = process.execPath, execArgv = [], env = {} } = lockedDown();
    const args = [...execArgv, '--input-type=module', '-e', code];
    const { stdout, stderr } = spawnSync(execPath, args, { env, encoding: 'utf8' });
    const isCutOff = execPath !== process.execPath;
    expect(stdout.trim(), stderr).toBe(isCutOff ? '[]' : '["the network"]');
  } finally {
    delete process.env['BROWNOUT_SECRET'];
    await runtime.close();
    server.close();
  }
});
