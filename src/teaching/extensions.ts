// extensions.csv: who may hand in later, and when work came whose time no platform says. Columns `student,due,submitted`; either
// time may be empty. Times are `2026-12-01T23:59` in the assignment's zone, or `+48h` after the due time. Refuses
// students named twice and times that cannot be read. Pure. Used by the command line's grade.
import { RunProblem } from '../runtime/runtime.ts';
import type { Assignment } from './assignment.ts';
import { parseCsv } from './csv.ts';
import { instantOf } from './due.ts';

export interface Extension {
  readonly dueMs: number | null;
  readonly submittedMs: number | null;
}

/** By student: the code, or the platform's `moodle 1234` or `canvas 1234`. Throws RunProblem. */
export function readExtensions(name: string, text: string, assignment: Assignment): Map<string, Extension> {
  const [head = [], ...rows] = parseCsv(name, text);
  const [student, due, submitted] = ['student', 'due', 'submitted'].map((column) => head.indexOf(column));
  if (student === undefined || student < 0 || ((due ?? -1) < 0 && (submitted ?? -1) < 0))
    throw new RunProblem({
      file: name,
      expected: 'the columns student and due, or submitted',
      found: head.join(', ') || 'none',
      fix: 'write them into its first line.',
    });
  const found = new Map<string, Extension>();
  for (const [index, row] of rows.entries()) {
    const who = (row[student] ?? '').trim();
    const line = index + 2;
    if (who === '' || found.has(who))
      throw new RunProblem({
        file: name,
        line,
        expected: 'each student once',
        found: who === '' ? 'an empty cell' : `'${who}' again`,
        fix: 'correct it.',
      });
    const time = (column: number | undefined) =>
      timeOf(name, line, row[column ?? -1]?.trim() ?? '', assignment);
    found.set(who, { dueMs: time(due), submittedMs: time(submitted) });
  }
  return found;
}

function timeOf(file: string, line: number, text: string, { due, dueMs }: Assignment): number | null {
  if (text === '') return null;
  const hours = /^\+(\d{1,5})h$/.exec(text)?.[1];
  if (hours !== undefined) return dueMs + Number(hours) * 3_600_000;
  try {
    return instantOf({ local: text, zone: due.zone, which: 'later' });
  } catch (error) {
    throw error instanceof RunProblem ? new RunProblem({ ...error.complaint, file, line }) : error;
  }
}
