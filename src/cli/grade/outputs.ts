// Writes what a grading found: tables, pages, the platform's own sheet. Equal results give equal bytes; no file carries the moment
// of grading. Says what changed since the grading before. Called by grade.ts.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../../teaching/assignment.ts';
import { numberText, parseCsv } from '../../teaching/csv.ts';
import type { Sheet } from '../../teaching/moodle.ts';
import { classPage, studentPage } from '../../teaching/report.ts';
import type { Graded } from '../../teaching/score.ts';
import {
  gradesTable,
  itemsTable,
  type Problem,
  problemsTable,
  questionsTable,
  statisticsOf,
} from '../../teaching/tables.ts';

export interface PlatformSheet {
  /** File that is written, such as `moodle.csv`. */
  readonly file: string;
  readonly sheet: Sheet<unknown>;
}

/** Returns a line for each student whose grade is another than in the folder before. */
export function writeAll(
  folder: string,
  assignment: Assignment,
  all: readonly Graded[],
  problems: readonly Problem[],
  platform: PlatformSheet | null,
  site: string,
): string[] {
  const changes = changesSince(folder, all);
  const pages = join(folder, 'students');
  rmSync(pages, { recursive: true, force: true });
  mkdirSync(pages, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const statistics = statisticsOf(all);
  write('grades.csv', gradesTable(all));
  write('questions.csv', questionsTable(all));
  write('items.csv', itemsTable(statistics));
  write('problems.csv', problemsTable(problems));
  write('index.html', classPage(assignment, all, statistics, problems, pageOf));
  for (const one of all) write(pageOf(one), studentPage(assignment, one, site));
  if (platform !== null) {
    const graded = new Map(
      all.map((one) => [one.identity, { grade: one.grade, comment: commentOf(one) }] as const),
    );
    write(platform.file, platform.sheet.fill(graded));
  }
  return changes;
}

/** Letters of any script and digits; a hash keeps apart what that makes alike. */
function pageOf({ identity }: Graded): string {
  const safe = identity.replaceAll(/[^\p{L}\p{M}\p{N}-]+/gu, '_').slice(0, 40);
  const mark = createHash('sha256').update(identity).digest('hex').slice(0, 8);
  return `students/${safe}-${mark}.html`;
}

function commentOf({ items, lateMs, percent }: Graded): string {
  const parts = items.map((item) => `${item.name}: ${numberText(item.score * 100)}%`);
  const late = lateMs === null || lateMs === 0 ? [] : [`${numberText(lateMs / 3_600_000)} h late`];
  const left = percent < 100 ? [`${numberText(percent)}% of the grade is left`] : [];
  return [...parts, ...late, ...left].join('; ');
}

function changesSince(folder: string, all: readonly Graded[]): string[] {
  const file = join(folder, 'grades.csv');
  if (!existsSync(file)) return [];
  const before = parseCsv(file, readFileSync(file, 'utf8'));
  const now = parseCsv('grades.csv', gradesTable(all));
  const gradeBy = (rows: typeof now) => new Map(rows.slice(1).map((row) => [row[0] ?? '', row[3] ?? '']));
  const [old, fresh] = [gradeBy(before), gradeBy(now)];
  const students = [...new Set([...old.keys(), ...fresh.keys()])];
  return students.flatMap((student) => {
    const [from, to] = [old.get(student) ?? 'none', fresh.get(student) ?? 'none'];
    return from === to ? [] : [`${student}: ${from}, now ${to}`];
  });
}
