// What was handed in: every file of a folder or a zip, whose it is, and why some cannot be graded. One bad file costs nobody else
// anything. Refuses links, bombs, strange paths, and to choose between two files of one student. Called by grade.ts.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunProblem } from '../../runtime/runtime.ts';
import type { Assignment } from '../../teaching/assignment.ts';
import { isNoise, type Origin, originOf } from '../../teaching/layout.ts';
import { readSubmission, SUBMISSION_BYTES_MAX, type Submission } from '../../teaching/submission.ts';
import type { Problem } from '../../teaching/tables.ts';
import { readZip } from '../../teaching/zip.ts';
import { UsageError } from '../command.ts';
import type { ExerciseContent } from './content.ts';

export interface HandedIn {
  readonly file: string;
  readonly identity: string;
  readonly origin: Origin;
  readonly modifiedMs: number | null;
  readonly submission: Submission;
  readonly bytes: Uint8Array;
}
interface Found {
  readonly path: string;
  readonly modifiedMs: number | null;
  readonly read: () => Uint8Array;
}

const FILES_MAX = 20_000;
const ZIP_BYTES_MAX = 1e9;
const TOTAL_BYTES_MAX = 2e9;

export function readHandedIn(
  path: string,
  assignment: Assignment,
  exercises: ReadonlyMap<string, ExerciseContent>,
  identified: (origin: Origin, student: string) => string,
): { readonly all: readonly HandedIn[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const all: HandedIn[] = [];
  for (const { path: file, modifiedMs, read } of filesOf(path, assignment)) {
    const origin = originOf(file);
    try {
      const bytes = read();
      const submission = readSubmission('', bytes, assignment.id);
      checkFiles(submission, exercises);
      const identity = identified(origin, submission.student.normalize('NFC'));
      all.push({ file, identity, origin, modifiedMs, submission, bytes });
    } catch (error) {
      if (!(error instanceof RunProblem)) throw error;
      problems.push({ file, student: origin.identity ?? '', reason: reasonOf(error) });
    }
  }
  const chosen = oneEach(all, problems);
  for (const group of Map.groupBy(chosen, (one) => one.submission.student).values()) {
    if (group.length === 1) continue;
    for (const one of group) {
      const others = group.flatMap((each) => (each === one ? [] : [each.file])).slice(0, 5);
      const reason = `the code '${one.submission.student}' also stands in ${others.join(', ')}: ask whose work it is; all were graded`;
      problems.push({ file: one.file, student: one.identity, reason });
    }
  }
  return { all: chosen, problems };
}

/** Whoever has two files that differ is graded on none of them: nobody but a person can choose. */
function oneEach(all: readonly HandedIn[], problems: Problem[]): HandedIn[] {
  const groups = Map.groupBy(all, (one) => one.identity);
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const differs = others.some((one) => Buffer.compare(one.bytes, first.bytes) !== 0);
    for (const one of differs ? group : others) {
      const files = group.filter((each) => each !== one).map((each) => each.file);
      const reason = differs
        ? `expected one file of ${one.identity}, found another in ${files.join(', ')}: leave the one that counts; none was graded`
        : `the same as ${first.file}: graded once`;
      problems.push({ file: one.file, student: one.identity, reason });
    }
    return differs ? [] : [first];
  });
}

function checkFiles({ exercises: handed }: Submission, known: ReadonlyMap<string, ExerciseContent>): void {
  for (const [name, files] of Object.entries(handed)) {
    const edits = known.get(name)?.edits;
    const stranger = Object.keys(files).find((file) => edits?.includes(file) !== true);
    if (edits !== undefined && stranger === undefined) continue;
    throw new RunProblem({
      expected: edits === undefined ? `exercises of the assignment` : `only ${edits.join(', ')} for ${name}`,
      found: JSON.stringify(edits === undefined ? name : stranger).slice(0, 100),
      fix: 'ask for the file that the site exports.',
    });
  }
}

function filesOf(path: string, { due }: Assignment): Found[] {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isDirectory() === true) return filesIn(path, '');
  if (status?.isFile() !== true)
    throw new UsageError('a folder or a zip with submissions', `nothing at ${path}`, 'correct the path');
  if (status.size > ZIP_BYTES_MAX)
    throw new UsageError('a zip of at most 1 GB', `${status.size} bytes`, 'grade it in parts');
  const limits = {
    entries: FILES_MAX,
    bytesEach: SUBMISSION_BYTES_MAX,
    bytesTotal: TOTAL_BYTES_MAX,
    zone: due.zone,
  };
  const entries = readZip(path, readFileSync(path), limits);
  return inOrder(entries.filter((entry) => !isNoise(entry.path)));
}

function filesIn(root: string, below: string): Found[] {
  const found = readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry): Found[] => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isNoise(path)) return [];
    if (entry.isDirectory()) return filesIn(root, path);
    const { mtimeMs, size } = lstatSync(join(root, path));
    const read = () => {
      const fix = 'ask for the file that the site exports.';
      if (!entry.isFile()) throw new RunProblem({ expected: 'a file', found: 'a link or a device', fix });
      if (size > SUBMISSION_BYTES_MAX)
        throw new RunProblem({
          expected: `at most ${SUBMISSION_BYTES_MAX.toLocaleString('en-US')} bytes`,
          found: size.toLocaleString('en-US'),
          fix,
        });
      return readFileSync(join(root, path));
    };
    return [{ path, modifiedMs: Math.floor(mtimeMs / 1000) * 1000, read }];
  });
  return inOrder(found);
}

function inOrder(found: readonly Found[]): Found[] {
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Without the archive's name before it: the file stands beside. */
function reasonOf({ complaint: { expected, found, fix } }: RunProblem): string {
  return `expected ${expected}, found ${found}: ${fix}`;
}
