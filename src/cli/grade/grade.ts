// `brownout grade`: from an assignment and what was handed in to grades, statistics and reports. Runs every exercise again in child
// processes and judges every answer anew; a score inside a submission is refused. Exit code 0 with problems listed, 1 where
// nothing could be graded. Called by main.ts.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { ContentProblem } from '../../build/complain.ts';
import { sandboxTexts } from '../../build/sandbox-texts.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Assignment, compareVersions, readAssignment } from '../../teaching/assignment.ts';
import { readGradebook } from '../../teaching/canvas.ts';
import { type Extension, readExtensions } from '../../teaching/extensions.ts';
import { type KeyFile, readKey } from '../../teaching/key.ts';
import type { Origin } from '../../teaching/layout.ts';
import { type MoodleEntry, readWorksheet, type Sheet } from '../../teaching/moodle.ts';
import { gradeOf } from '../../teaching/score.ts';
import type { Problem } from '../../teaching/tables.ts';
import {
  type Asked,
  type Command,
  numberOption,
  readOptions,
  type Terminal,
  UsageError,
} from '../command.ts';
import { prepareEngine } from '../prepare.ts';
import { courseVersion, exercisesOf, keyOf } from './content.ts';
import { type HandedIn, readHandedIn } from './handed-in.ts';
import { help } from './help.ts';
import { outcomesOf } from './outcomes.ts';
import { type PlatformSheet, writeAll } from './outputs.ts';

const known = {
  assignment: 'FILE',
  key: 'FILE',
  out: 'DIR',
  worksheet: 'FILE',
  canvas: 'FILE',
  extensions: 'FILE',
  seconds: 'N',
  memory: 'MB',
  workers: 'N',
  site: 'URL',
} as const;

export const grade: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('grade', args, known);
    const [submissions, ...more] = asked.words;
    if (submissions === undefined || more.length > 0)
      throw usage('one folder or zip of submissions', asked.words.join(' ') || 'none');
    const assignmentFile = fileOf(asked, 'assignment', terminal);
    const out = asked.options['out']?.at(-1);
    if (assignmentFile === null || out === undefined)
      throw usage('--assignment FILE and --out DIR', assignmentFile === null ? 'no assignment' : 'no --out');
    try {
      const assignment = readAssignment(assignmentFile.name, assignmentFile.text);
      const folder = resolve(terminal.folder, out);
      mkdirSync(folder, { recursive: true });
      const path = resolve(terminal.folder, submissions);
      return await gradeAll(asked, terminal, assignment, assignmentFile.name, path, folder);
    } catch (error) {
      if (!(error instanceof ContentProblem)) throw error;
      terminal.err(`${error.message}\n`);
      return 1;
    }
  },
};

async function gradeAll(
  asked: Asked,
  terminal: Terminal,
  assignment: Assignment,
  assignmentName: string,
  path: string,
  folder: string,
): Promise<number> {
  const problems: Problem[] = versionProblems(assignmentName, assignment);
  const tables = tablesOf(asked, terminal, assignment);
  prepareEngine();
  const given = keyIn(asked, terminal, assignment);
  const key = await keyOf(assignmentName, assignment, given);
  const exercises = await exercisesOf(assignmentName, assignment, await sandboxTexts(), given);
  const identified = (origin: Origin, student: string) => identityIn(tables.sheet, origin, student);
  const handed = readHandedIn(path, assignment, exercises, identified);
  problems.push(...handed.problems);
  const limits = limitsOf(asked);
  const tell = progress();
  const outcomes = await outcomesOf(handed.all, exercises, folder, limits, tell);
  const graded = handed.all.map((one) => {
    const { identity } = one;
    const extension = tables.extensions.get(identity) ?? tables.extensions.get(one.submission.student);
    const submittedMs = submittedOf(one, extension, tables.sheet, problems);
    const dueMs = extension?.dueMs ?? assignment.dueMs;
    const name = one.origin.name ?? one.submission.student;
    const facts = { identity, name, submittedMs, dueMs };
    const own = outcomes.get(one.file) ?? new Map();
    for (const [exercise, { total, found }] of own)
      if (total === 0)
        problems.push({ file: one.file, student: identity, reason: `${exercise}: ${found.join(' ')}` });
    if (tables.sheet !== null && !tables.sheet.entries.has(identity))
      problems.push({
        file: one.file,
        student: identity,
        reason: `is not in ${tables.from}: graded here only`,
      });
    return gradeOf(assignment, key, one.submission, own, facts);
  });
  graded.sort((a, b) => (a.identity < b.identity ? -1 : 1));
  problems.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.reason < b.reason ? -1 : 1));
  const site = (asked.options['site']?.at(-1) ?? 'http://localhost:4321').replace(/\/+$/, '');
  const changes = writeAll(folder, assignment, graded, problems, tables.platform, site);
  for (const { file, reason } of problems) terminal.out(`${printable(file)}: ${printable(reason)}\n`);
  for (const change of changes) terminal.out(`changed: ${printable(change)}\n`);
  terminal.out(`${graded.length} graded, ${problems.length} problems: see ${folder}/index.html\n`);
  return graded.length === 0 ? 1 : 0;
}

/** Null where this checkout's own content is the key. */
function keyIn(asked: Asked, terminal: Terminal, assignment: Assignment): KeyFile | null {
  const file = fileOf(asked, 'key', terminal);
  return file === null ? null : readKey(file.name, file.text, assignment);
}

interface Tables {
  readonly sheet: Sheet<MoodleEntry | null> | null;
  readonly platform: PlatformSheet | null;
  readonly from: string;
  readonly extensions: ReadonlyMap<string, Extension>;
}

function tablesOf(asked: Asked, terminal: Terminal, assignment: Assignment): Tables {
  const worksheet = fileOf(asked, 'worksheet', terminal);
  const canvas = fileOf(asked, 'canvas', terminal);
  if (worksheet !== null && canvas !== null) throw usage('--worksheet or --canvas', 'both');
  const more = fileOf(asked, 'extensions', terminal);
  const extensions = more === null ? new Map() : readExtensions(more.name, more.text, assignment);
  const { points, title, due } = assignment;
  if (worksheet !== null) {
    const sheet = readWorksheet(worksheet.name, worksheet.text, due.zone, points);
    return { sheet, platform: { file: 'moodle.csv', sheet }, from: worksheet.name, extensions };
  }
  if (canvas === null) return { sheet: null, platform: null, from: '', extensions };
  const sheet = readGradebook(canvas.name, canvas.text, title, points);
  return { sheet, platform: { file: 'canvas.csv', sheet }, from: canvas.name, extensions };
}

/** A plain file of somebody whose code is their number on the platform counts as that one's. */
function identityIn(sheet: Tables['sheet'], { identity }: Origin, student: string): string {
  if (identity !== null) return identity;
  const there = [`moodle ${/(\d+)$/.exec(student)?.[1] ?? ''}`, `canvas ${student}`];
  return there.find((one) => sheet?.entries.has(one) === true) ?? student;
}

/** The instructor's word, the platform's, the file's own time; in this order. */
function submittedOf(
  { file, identity, origin, modifiedMs }: HandedIn,
  extension: Extension | undefined,
  sheet: Tables['sheet'],
  problems: Problem[],
): number | null {
  if (extension?.submittedMs != null) return extension.submittedMs;
  const entry = sheet?.entries.get(identity);
  if (entry?.submittedMs != null) return entry.submittedMs;
  const say = (reason: string) => problems.push({ file, student: identity, reason });
  const fix = 'say when in --extensions, column `submitted`';
  if (entry != null && entry.submittedText !== '' && entry.submittedText !== '-')
    say(`the worksheet's time '${entry.submittedText}' cannot be read, the file's was taken: ${fix}`);
  // Canvas gives its files the time of the download.
  if (identity.startsWith('canvas ')) {
    if (origin.saysLate) say(`Canvas says late, but not how late; graded as in time: ${fix}`);
    return null;
  }
  return modifiedMs;
}

function versionProblems(file: string, { course }: Assignment): Problem[] {
  const ours = courseVersion();
  const order = compareVersions(ours, course);
  if (order < 0)
    throw new RunProblem({
      file,
      expected: `version ${course} of the course or a newer one`,
      found: `version ${ours}`,
      fix: 'update it: `git pull`, then `npm ci`.',
    });
  const reason = `made with version ${course} of the course, graded with ${ours}: check out ${course} where questions have changed`;
  return order === 0 ? [] : [{ file, student: '', reason }];
}

function limitsOf(asked: Asked) {
  const whole = { whole: true } as const;
  return {
    cpuSecondsMax: numberOption(asked, 'seconds', { least: 0.1, most: 36_000, whole: false }) ?? 30,
    memoryMbMax: numberOption(asked, 'memory', { least: 256, most: 1_000_000, ...whole }) ?? 2048,
    workers: numberOption(asked, 'workers', { least: 1, most: 256, ...whole }) ?? availableParallelism(),
  };
}

/** A bar on a terminal; nothing where nobody looks. */
function progress(): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done, total) => {
    const width = 30;
    const filled = total === 0 ? width : Math.round((done / total) * width);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
    process.stderr.write(`\r${bar} ${done} of ${total} programs${done === total ? '\n' : ''}`);
  };
}

function fileOf(asked: Asked, option: keyof typeof known, terminal: Terminal) {
  const name = asked.options[option]?.at(-1);
  if (name === undefined) return null;
  const path = resolve(terminal.folder, name);
  if (!existsSync(path)) throw usage(`--${option} ${known[option]}`, `nothing at ${path}`);
  return { name, text: readFileSync(path, 'utf8') };
}

/** What a stranger wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '\uFFFD');
}

function usage(expected: string, found: string): UsageError {
  return new UsageError(expected, found, 'see `brownout grade --help`');
}
