// `npm run class [-- --seed N] [--seconds S] [--keep]`: a made-up class of 200 hands in work of every kind in Moodle's layout; it is
// graded twice by `brownout grade`, each time by one command, and everything that came out is held against what the plan of
// the class says, statistics included. Prints time, memory and counts. Exit code 1 where anything differs.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { versionOfCourse } from '../src/build/catalogue.ts';
import { inRepository } from '../src/build/root.ts';
import { prepareEngine } from '../src/cli/prepare.ts';
import type { Question } from '../src/grading/quiz.ts';
import { zipOf } from '../src/runtime/zip.ts';
import { idOf } from '../src/teaching/assignment.ts';
import { keySchema } from '../src/teaching/key.ts';
import { classComplaints } from './class-compared.ts';
import { type Class, classOf, kinds, type Person } from './class-people.ts';
import { type Memory, watchMemory } from './process-memory.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '4711' },
    seconds: { type: 'string', default: '3' },
    keep: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const dueMs = Date.parse('2026-11-20T11:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'brownout-class-'));
const assignment = {
  format: 'brownout-assignment' as const,
  version: 1 as const,
  title: 'Week 3',
  course: versionOfCourse(),
  items: [
    {
      kind: 'quiz' as const,
      chapter: 'load-balancing',
      pool: 'graded' as const,
      questions: 'all' as const,
      weight: 2,
    },
    { kind: 'exercise' as const, exercise: 'dns/negative', weight: 3 },
  ],
  due: { local: '2026-11-20T12:00', zone: 'Europe/Vienna' },
  late: [
    { afterHours: 0, percent: 80 },
    { afterHours: 24, percent: 50 },
  ],
  attempts: 'best' as const,
  triesMax: 3,
  salt: `salt of seed ${seed}`,
};

process.chdir(inRepository());
prepareEngine();
say(`seed=${seed}, in ${folder}`);
const ready = await brownout('key', '--out', join(folder, 'key.json'));
if (ready.code !== 0) throw new Error(`expected a key, found: ${ready.out}`);
const people = classOf(seed, await given());
await writeWork(people);

const first = await graded('first');
const second = await graded('second');
const again = await graded('first');
const complaints = [
  ...classComplaints(join(folder, 'first'), people, assignment),
  ...differences('first', 'second'),
  ...(existsSync('/tmp/brownout-class-was-here') ? ['a program wrote a file of this computer'] : []),
  ...(again.out.includes('changed:') ? ['the third grading changed grades'] : []),
];
say(
  `work of each kind: ${Object.entries(kinds)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')}`,
);
say(`first grading:  ${told(first)}`);
say(`second, anew:   ${told(second)}`);
say(`first again:    ${told(again)}`);
for (const complaint of complaints) say(`WRONG: ${complaint}`);
say(
  complaints.length === 0
    ? 'Grades, reasons and statistics are what the plan says; both gradings wrote the same bytes.'
    : `${complaints.length} complaints: npm run class -- --seed ${seed} --keep`,
);
if (!values.keep) rmSync(folder, { recursive: true, force: true });
process.exitCode = complaints.length === 0 ? 0 : 1;

async function given(): Promise<Class> {
  const key = keySchema.parse(JSON.parse(readFileSync(join(folder, 'key.json'), 'utf8')));
  const questions: readonly Question[] = key.chapters['load-balancing'] ?? [];
  const text = (part: string) =>
    readFileSync(inRepository('sandboxes/dns/exercises/negative', part, 'negative.ts'), 'utf8');
  return {
    ...{ salt: assignment.salt, assignment: idOf(assignment), course: assignment.course },
    questions: new Map(questions.map((question) => [`load-balancing/graded:${question.id}`, question])),
    ...{ exercise: 'dns/negative', file: 'negative.ts', solution: text('solution'), start: text('start') },
    triesMax: assignment.triesMax,
  };
}

/** Archive and worksheet as Moodle gives them out, of anonymous participants. */
async function writeWork(all: readonly Person[]): Promise<void> {
  const files: Record<string, string> = {};
  const rows = [
    'Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments',
  ];
  for (const { number, files: own, lateHours } of all) {
    for (const [name, text] of Object.entries(own))
      files[`Participant_${number}_assignsubmission_file_/${name}`] = text;
    rows.push(
      `Participant ${number},Submitted,,100.00,Yes,"${moodleDate(dueMs + lateHours * 3_600_000)}",-,`,
    );
  }
  writeFileSync(join(folder, 'work.zip'), await zipOf('', files));
  writeFileSync(join(folder, 'sheet.csv'), `${rows.join('\r\n')}\r\n`);
  writeFileSync(join(folder, 'assignment.json'), JSON.stringify(assignment));
}

function moodleDate(ms: number): string {
  const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Vienna' } as const;
  const of = new Map(
    new Intl.DateTimeFormat('en-GB', { ...parts, ...time })
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const [weekday, day, month, year] = ['weekday', 'day', 'month', 'year'].map((name) =>
    of.get(name as 'day'),
  );
  return `${weekday}, ${day} ${month} ${year}, ${of.get('hour')}:${of.get('minute')}`;
}

interface Ended extends Memory {
  readonly code: number;
  readonly out: string;
  readonly seconds: number;
}

function graded(out: string): Promise<Ended> {
  const names = { assignment: 'assignment.json', key: 'key.json', worksheet: 'sheet.csv', out };
  const options = Object.entries(names).flatMap(([name, file]) => [`--${name}`, join(folder, file)]);
  const limits = ['--seconds', values.seconds, '--memory', '768'];
  return brownout('grade', join(folder, 'work.zip'), ...options, ...limits);
}

async function brownout(...args: string[]): Promise<Ended> {
  const beganMs = performance.now();
  const child = spawn(process.execPath, ['src/cli/brownout.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const memory = watchMemory(child.pid ?? 0);
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  const code = await new Promise<number>((resolve) => child.once('close', (ended) => resolve(ended ?? -1)));
  return { code, out, seconds: (performance.now() - beganMs) / 1000, ...memory() };
}

function told({ code, out, seconds, parentMb, childMb, togetherMb }: Ended): string {
  const words =
    out
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/: see .*/, '') ?? '';
  const memory =
    togetherMb === 0
      ? 'memory not measured here'
      : `${parentMb} MB, ${childMb} MB in the largest child, ${togetherMb} MB together`;
  return `${seconds.toFixed(1)} s, at most ${memory}; exit code ${code}; ${words}`;
}

/** Every file of both folders, what is kept of outcomes too. */
function differences(one: string, other: string): string[] {
  const [a, b] = [one, other].map((name) => hashes(join(folder, name)));
  if (a === undefined || b === undefined || a.size === 0) return ['nothing was written'];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  return names
    .filter((name) => a.get(name) !== b.get(name))
    .map((name) => `${name} differs between two gradings`);
}

function hashes(root: string): Map<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}
