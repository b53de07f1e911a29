// Moodle's grading worksheet: reads the export, fills in grades and comments, changes nothing else. Refuses a table that lacks the
// columns it needs, and a maximum that is not the assignment's. Pure. Used by the command line's grade.
import { RunProblem } from '../runtime/runtime.ts';
import { csvText, numberText, parseCsv, type Row } from './csv.ts';
import { instantOf } from './due.ts';

/** What stands in the sheet of a student: keyed by identity, `moodle 1234`. */
export interface Sheet<Entry> {
  readonly entries: ReadonlyMap<string, Entry>;
  /** The whole sheet with these grades and comments. */
  fill(graded: ReadonlyMap<string, { readonly grade: number; readonly comment: string }>): string;
}
export interface MoodleEntry {
  /** When the work was handed in; null where nothing is said or it cannot be read. */
  readonly submittedMs: number | null;
  readonly submittedText: string;
}

const needed = ['Identifier', 'Grade', 'Maximum grade', 'Feedback comments'] as const;

/** Throws RunProblem. Times are meant in `zone`: Moodle writes none. */
export function readWorksheet(name: string, text: string, zone: string, points: number): Sheet<MoodleEntry> {
  const [head = [], ...rows] = parseCsv(name, text);
  const lacking = needed.filter((column) => !head.includes(column));
  if (lacking.length > 0)
    throw new RunProblem({
      file: name,
      expected: `Moodle's grading worksheet, with the columns ${needed.join(', ')}`,
      found: `no ${lacking.join(', ')}`,
      fix: 'choose "Download grading worksheet" in Moodle.',
    });
  const [identifier, grade, maximum, comments, changed] = [
    ...needed,
    'Last modified (submission)' as const,
  ].map((column) => head.indexOf(column)) as [number, number, number, number, number];
  const keyOf = (row: Row) => `moodle ${/(\d+)\s*$/.exec(row[identifier] ?? '')?.[1] ?? row[identifier]}`;
  const other = rows.find((row) => row[maximum] !== '' && Number(row[maximum]) !== points);
  if (other !== undefined)
    throw new RunProblem({
      file: name,
      expected: `a maximum grade of ${points}, the assignment's points`,
      found: String(other[maximum]),
      fix: 'set "points" in the assignment, or the maximum in Moodle.',
    });
  const entries = new Map(
    rows.map((row) => {
      const submittedText = row[changed] ?? '';
      return [keyOf(row), { submittedText, submittedMs: moodleTime(submittedText, zone) }] as const;
    }),
  );
  return {
    entries,
    fill: (graded) => {
      const filled = rows.map((row) => {
        const one = graded.get(keyOf(row));
        if (one === undefined) return row;
        const cells = head.map((_, index) => row[index] ?? '');
        cells[grade] = numberText(one.grade);
        cells[comments] = one.comment;
        return cells;
      });
      return csvText([head, ...filled]);
    },
  };
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `Monday, 23 November 2026, 11:59 PM`, or with 24 hours; null for other languages. Of two the earlier. */
export function moodleTime(text: string, zone: string): number | null {
  const parts = /^(?:\p{L}+, )?(\d{1,2}) (\p{L}+) (\d{4}), (\d{1,2}):(\d\d)(?: ([AP]M))?$/u.exec(text.trim());
  const [, day = '', month = '', year = '', hour = '', minute = '', half] = parts ?? [];
  const index = months.findIndex((each) => each.toLowerCase() === month.toLowerCase());
  if (index < 0) return null;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const two = (value: number | string) => String(value).padStart(2, '0');
  const local = `${year}-${two(index + 1)}-${two(day)}T${two(hours)}:${minute}`;
  try {
    return instantOf({ local, zone, which: 'earlier' });
  } catch (error) {
    if (error instanceof RunProblem) return null;
    throw error;
  }
}
