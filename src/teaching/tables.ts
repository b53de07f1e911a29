// The tables of a graded class: grades, questions of every student, statistics of every item, problems. Pure: equal
// results give equal text. Cells are made safe by csv.ts. Used by report.ts and the command line's grade.
import { csvText, numberText, type Row } from './csv.ts';
import type { Graded, QuestionResult } from './score.ts';
import { type ItemStatistics, itemStatistics } from './statistics.ts';

export interface Problem {
  readonly file: string;
  /** The identity that it concerns; '' where nobody knows. */
  readonly student: string;
  readonly reason: string;
}

export function gradesTable(all: readonly Graded[]): string {
  const names = all[0]?.items.map((item) => item.name) ?? [];
  const head: Row = ['student', 'code', 'name', 'grade', 'late hours', 'percent left', ...names];
  const rows = all.map((one) => [
    one.identity,
    one.student,
    one.name,
    numberText(one.grade),
    one.lateMs === null ? '' : numberText(one.lateMs / 3_600_000),
    numberText(one.percent),
    ...one.items.map((item) => numberText(item.score, 4)),
  ]);
  return csvText([head, ...rows]);
}

export function questionsTable(all: readonly Graded[]): string {
  const rows = all.flatMap((one) =>
    questionsOf(one).map((question) => [
      one.identity,
      question.name,
      question.right ? '1' : '0',
      String(question.tries),
      question.firstRight === null ? '' : question.firstRight ? '1' : '0',
      question.minutes === null ? '' : numberText(question.minutes),
    ]),
  );
  return csvText([['student', 'question', 'right', 'tries', 'first try right', 'minutes'], ...rows]);
}

export interface NamedStatistics extends ItemStatistics {
  readonly name: string;
}

/** Every question and every exercise, against the rest of what the same students earned. */
export function statisticsOf(all: readonly Graded[]): NamedStatistics[] {
  const marks = all.map(marksOf);
  const totals = marks.map((each) => [...each.values()].reduce((sum, mark) => sum + mark.score, 0));
  return [...(marks[0]?.keys() ?? [])].map((name) => {
    const own = marks.map((each) => each.get(name));
    const scores = own.map((mark) => mark?.score ?? 0);
    const rest = totals.map((total, index) => total - (scores[index] ?? 0));
    const first = own.flatMap((mark) => mark?.first ?? []);
    const minutes = own.flatMap((mark) => mark?.minutes ?? []);
    return { name, ...itemStatistics({ scores, rest, first, minutes }) };
  });
}

export function itemsTable(statistics: readonly NamedStatistics[]): string {
  const cell = (value: number | null) => (value === null ? '' : numberText(value, 4));
  const head = ['item', 'difficulty (mean score)', 'discrimination', 'first try right', 'median minutes'];
  const rows = statistics.map(({ name, difficulty, discrimination, firstTryRight, medianMinutes }) => [
    name,
    ...[difficulty, discrimination, firstTryRight, medianMinutes].map(cell),
  ]);
  return csvText([head, ...rows]);
}

export function problemsTable(problems: readonly Problem[]): string {
  return csvText([
    ['file', 'student', 'reason'],
    ...problems.map(({ file, student, reason }) => [file, student, reason]),
  ]);
}

function questionsOf(one: Graded): QuestionResult[] {
  return one.items.flatMap((item) => item.questions);
}

interface Mark {
  readonly score: number;
  readonly first: readonly boolean[];
  readonly minutes: readonly number[];
}

function marksOf(one: Graded): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const item of one.items) {
    if (item.exercise !== null) marks.set(item.name, { score: item.score, first: [], minutes: [] });
    for (const { name, right, firstRight, minutes } of item.questions)
      marks.set(name, {
        score: right ? 1 : 0,
        first: firstRight === null ? [] : [firstRight],
        minutes: minutes === null ? [] : [minutes],
      });
  }
  return marks;
}
