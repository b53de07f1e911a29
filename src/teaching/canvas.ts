// Canvas's gradebook: reads the export, gives back its columns of identity and the one of the assignment, filled. Refuses a table
// without the columns of identity. Pure. Used by the command line's grade.
import { RunProblem } from '../runtime/runtime.ts';
import { csvText, numberText, parseCsv, type Row } from './csv.ts';
import type { Sheet } from './moodle.ts';

const identity = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'] as const;

/** Students by `canvas ID`. `title` names the column of the assignment, with or without the number that Canvas adds. */
export function readGradebook(name: string, text: string, title: string, points: number): Sheet<null> {
  const [head = [], ...rows] = parseCsv(name, text);
  const lacking = (['Student', 'ID'] as const).filter((column) => !head.includes(column));
  if (lacking.length > 0)
    throw new RunProblem({
      file: name,
      expected: `a gradebook that Canvas exports, with the columns ${identity.join(', ')}`,
      found: `no ${lacking.join(', ')}`,
      fix: 'choose "Export" in the gradebook.',
    });
  const kept = identity.filter((column) => head.includes(column)).map((column) => head.indexOf(column));
  const isOurs = (column: string) => column.replace(/ \(\d+\)$/, '') === title;
  const column = head.find(isOurs) ?? title;
  const id = head.indexOf('ID');
  const students = rows.filter((row) => /^\d+$/.test((row[id] ?? '').trim()));
  const keyOf = (row: Row) => `canvas ${(row[id] ?? '').trim()}`;
  return {
    entries: new Map(students.map((row) => [keyOf(row), null])),
    fill: (graded) => {
      const pick = (row: Row) => kept.map((index) => row[index] ?? '');
      const before = head.indexOf(column);
      const lines = students.map((row) => {
        const one = graded.get(keyOf(row));
        return [...pick(row), one === undefined ? (row[before] ?? '') : numberText(one.grade)];
      });
      const possible = kept.map((index) => (head[index] === 'Student' ? '    Points Possible' : ''));
      return csvText([[...pick(head), column], [...possible, numberText(points)], ...lines]);
    },
  };
}
