// Where the reader stands, chapter by chapter, in figures: what was read, predicted, answered, solved and is due. Pure.
// Counts only what the course has today; records of questions that are gone stay in store and count for nothing.
// Used by page.tsx and marks.ts.
import { type Kind, keyOf, type ProgressRecord, type RecordOf } from './records.ts';
import { isDue, standing } from './review.ts';

/** A chapter as the build knows it: ids of what can be done in it. */
export interface ChapterPlan {
  readonly slug: string;
  readonly number: number;
  readonly title: string;
  readonly sections: readonly string[];
  readonly predictions: readonly string[];
  readonly questions: readonly string[];
  /** sandbox/exercise. */
  readonly exercises: readonly string[];
}

export interface ChapterStanding {
  readonly readPercent: number;
  readonly predicted: number;
  /** Of the parts compared: how many were close. */
  readonly near: number;
  readonly parts: number;
  readonly right: number;
  readonly answered: number;
  readonly known: number;
  readonly solved: number;
  readonly tried: number;
  readonly due: number;
  /** When the next question comes back that is not due yet. */
  readonly nextDueMs: number | null;
}

export class Records {
  readonly #byKey: ReadonlyMap<string, ProgressRecord>;

  constructor(records: readonly ProgressRecord[]) {
    this.#byKey = new Map(records.map((record) => [keyOf(record.kind, record.name), record]));
  }

  of<K extends Kind>(kind: K, name: string): RecordOf<K> | undefined {
    return this.#byKey.get(keyOf(kind, name)) as RecordOf<K> | undefined;
  }
}

export function standingIn(plan: ChapterPlan, records: Records, nowMs: number): ChapterStanding {
  const sections = new Set(records.of('read', plan.slug)?.value.sections ?? []);
  const read = plan.sections.filter((id) => sections.has(id)).length;
  const predictions = plan.predictions.flatMap(
    (id) => records.of('predicted', `${plan.slug}:${id}`)?.value ?? [],
  );
  const answers = plan.questions.flatMap((id) => records.of('answered', `${plan.slug}:${id}`) ?? []);
  const exercises = plan.exercises.flatMap((id) => records.of('exercise', id)?.value ?? []);
  const reviews = answers.map(({ value, atMs }) => standing(value.tries, atMs));
  const later = reviews.flatMap((one) => (one.dueMs !== null && !isDue(one, nowMs) ? [one.dueMs] : []));
  return {
    readPercent: plan.sections.length === 0 ? 0 : Math.floor((100 * read) / plan.sections.length),
    predicted: predictions.length,
    near: predictions.reduce((sum, { near }) => sum + (near ?? 0), 0),
    parts: predictions.reduce((sum, { of }) => sum + (of ?? 0), 0),
    right: answers.filter(({ value }) => value.tries.at(-1)?.right === true).length,
    answered: answers.length,
    known: reviews.filter((one) => one.known).length,
    solved: exercises.filter(({ checks }) => checks.some((check) => check.passed)).length,
    tried: exercises.length,
    due: reviews.filter((one) => isDue(one, nowMs)).length,
    nextDueMs: later.length === 0 ? null : Math.min(...later),
  };
}

/** One phrase for the contents; '' where nothing was begun. */
export function markOf(plan: ChapterPlan, one: ChapterStanding): string {
  const begun = one.readPercent > 0 || one.predicted > 0 || one.answered > 0 || one.tried > 0;
  if (!begun) return '';
  const quiz = plan.questions.length === 0 ? '' : ` · ${one.right}/${plan.questions.length} right`;
  return `${one.readPercent}% read${quiz}${one.due > 0 ? ` · ${one.due} due` : ''}`;
}
