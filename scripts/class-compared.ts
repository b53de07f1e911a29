// Holds what `brownout grade` wrote for the made-up class against its plan: grades, reasons, worksheet, and the statistics worked out
// once more in another way. Uses none of the code that graded, tables of CSV apart. Used by class.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv, type Row } from '../src/teaching/csv.ts';
import { type Person, reasons, stopped } from './class-people.ts';

interface Rules {
  readonly items: readonly { readonly weight: number }[];
  readonly late: readonly { readonly afterHours: number; readonly percent: number }[];
}

/** Empty where all is as it must be. */
export function classComplaints(out: string, people: readonly Person[], rules: Rules): string[] {
  const read = (name: string): readonly Row[] =>
    parseCsv(name, readFileSync(join(out, name), 'utf8')).slice(1);
  const all = people.filter(({ kind }) => reasons[kind] === undefined);
  const names = [...new Set(all.flatMap(({ questions }) => [...questions.keys()]))];
  return [
    ...gradeComplaints(read('grades.csv'), read('moodle.csv'), people, names.length, rules),
    ...reasonComplaints(read('problems.csv'), people),
    ...reportComplaints(join(out, 'students'), people),
    ...statisticsComplaints(read('items.csv'), all, names),
  ];
}

function gradeComplaints(
  grades: readonly Row[],
  sheet: readonly Row[],
  people: readonly Person[],
  questions: number,
  { items, late }: Rules,
): string[] {
  const given = new Map(grades.map((row) => [row[0], Number(row[3])]));
  const inSheet = new Map(sheet.map((row) => [row[0], row[2]]));
  const [quiz = 0, exercise = 0] = items.map(({ weight }) => weight);
  return people.flatMap((one) => {
    const who = `moodle ${one.number}`;
    const cell = inSheet.get(`Participant ${one.number}`);
    if (reasons[one.kind] !== undefined)
      return given.has(who) || cell !== '' ? [`${who} (${one.kind}) has a grade, and must have none`] : [];
    const right = [...one.questions.values()].filter((question) => question.right).length;
    const share = (quiz * (right / questions) + exercise * (one.exercise ? 1 : 0)) / (quiz + exercise);
    const percent =
      one.lateHours <= 0 ? 100 : (late.findLast((step) => one.lateHours > step.afterHours)?.percent ?? 100);
    const due = share * percent;
    const isOff = (value: number) => !(Math.abs(value - due) < 0.00501);
    const found = given.get(who);
    if (found === undefined || isOff(found) || isOff(Number(cell)))
      return [`${who} (${one.kind}) has ${found} and ${cell} in the sheet, and must have ${due.toFixed(2)}`];
    return [];
  });
}

/** Every bad file with its reason, and no other file. */
function reasonComplaints(problems: readonly Row[], people: readonly Person[]): string[] {
  const wrong: string[] = [];
  const explained = new Set<Row>();
  for (const one of people) {
    const refusal = reasons[one.kind];
    const reason = refusal ?? stopped[one.kind];
    if (reason === undefined) continue;
    for (const name of Object.keys(one.files)) {
      const row = problems.find(
        ([file]) => file === `Participant_${one.number}_assignsubmission_file_/${name}`,
      );
      if (row !== undefined) explained.add(row);
      if (row === undefined || !reason.test((row[2] ?? '').replace('dns/negative: ', '')))
        wrong.push(`${name} (${one.kind}) must be listed as ${reason}, found ${row?.[2] ?? 'nothing'}`);
    }
  }
  for (const row of problems) if (!explained.has(row)) wrong.push(`listed without need: ${row.join(': ')}`);
  return wrong;
}

/** Each graded student has a page, on which nothing that a program wrote is a tag or a file of this computer. */
function reportComplaints(folder: string, people: readonly Person[]): string[] {
  const pages = readdirSync(folder);
  const expected = people.filter(({ kind }) => reasons[kind] === undefined);
  const count =
    pages.length === expected.length ? [] : [`${expected.length} reports expected, found ${pages.length}`];
  return [
    ...count,
    ...pages.flatMap((page) => {
      const html = readFileSync(join(folder, page), 'utf8');
      const bad = ['<script', 'READ ', 'REACHED', 'root:x:', 'brownout-key'].filter((text) =>
        html.includes(text),
      );
      return bad.map((text) => `${page} holds '${text}'`);
    }),
  ];
}

/** Sums of products instead of deviations, over the plan's own list of who was right. */
function statisticsComplaints(
  rows: readonly Row[],
  all: readonly Person[],
  names: readonly string[],
): string[] {
  const scores = new Map<string, number[]>(
    names.map((name) => [name, all.map(({ questions }) => (questions.get(name)?.right === true ? 1 : 0))]),
  );
  scores.set(
    'dns/negative',
    all.map((one) => (one.exercise ? 1 : 0)),
  );
  const totals = all.map((_, index) =>
    [...scores.values()].reduce((sum, column) => sum + (column[index] ?? 0), 0),
  );
  return [...scores].flatMap(([name, x]) => {
    const y = totals.map((total, index) => total - (x[index] ?? 0));
    const tried = all.flatMap(({ questions }) => questions.get(name) ?? []);
    const expected = [
      sum(x) / x.length,
      pearson(x, y),
      tried.length === 0 ? Number.NaN : tried.filter(({ first }) => first).length / tried.length,
      tried.length === 0 ? Number.NaN : middle(tried.map(({ minutes }) => minutes)),
    ];
    const row = rows.find(([item]) => item === name);
    const found = (row ?? []).slice(1).map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    const same = expected.every((value, index) =>
      Number.isNaN(value)
        ? Number.isNaN(found[index])
        : Math.abs(value - (found[index] ?? Number.NaN)) < 0.000051,
    );
    return same && rows.length === scores.size
      ? []
      : [`${name}: ${found.join(', ')} instead of ${expected.join(', ')}`];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function pearson(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  const xy = sum(x.map((value, index) => value * (y[index] ?? 0)));
  const [xx, yy] = [x, y].map((values) => sum(values.map((value) => value * value)));
  const spread = (squares: number, values: readonly number[]) => Math.sqrt(n * squares - sum(values) ** 2);
  return (n * xy - sum(x) * sum(y)) / (spread(xx ?? 0, x) * spread(yy ?? 0, y));
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
