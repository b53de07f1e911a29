// What an assignment asks of one student on this site: its items joined with the catalogue and the questions, with the
// numbers that the student's code draws. Pure. What the site does not have is named, not left out in silence.
// Called by page.tsx, hand-in.ts and take-in.ts.
import { type AskedQuestion, askedWith } from '../../grading/asked.ts';
import { type Assignment, compareVersions, type QuizItem, questionName } from '../../teaching/assignment.ts';
import { seedOf } from '../../teaching/seeds.ts';
import type { Catalogue, CatalogueExercise } from '../assign/catalogue.ts';

/** What /work/questions/<chapter>.json holds: the questions without their keys. */
export interface ChapterQuestions {
  readonly chapter: string;
  readonly title: string;
  readonly practice: readonly AskedQuestion[];
  readonly graded: readonly AskedQuestion[];
}
export interface Content {
  readonly catalogue: Catalogue;
  /** By chapter; those of the assignment that the site has. */
  readonly questions: ReadonlyMap<string, ChapterQuestions>;
}
export interface WorkQuestion {
  /** As submissions call it. */
  readonly name: string;
  /** As progress calls what is answered to it: with the student's code where its numbers hang on that. */
  readonly record: string;
  readonly question: AskedQuestion;
  readonly hasNumbers: boolean;
}
interface Shared {
  /** For anchors. */
  readonly anchor: string;
  /** With what it is: `Load balancing, practice questions`. */
  readonly title: string;
  readonly sharePercent: number;
}
export interface QuizWork extends Shared {
  readonly kind: 'quiz';
  readonly chapter: string;
  readonly pool: QuizItem['pool'];
  readonly questions: readonly WorkQuestion[];
  /** Ids that the site does not have; null where it has no such questions of the chapter. */
  readonly missing: readonly string[] | null;
}
export interface ExerciseWork extends Shared {
  readonly kind: 'exercise';
  readonly name: string;
  /** Null where the site does not have it. */
  readonly chapter: string | null;
  /** Null where the site does not have it. */
  readonly exercise: CatalogueExercise | null;
}
export type WorkItem = QuizWork | ExerciseWork;

export function itemsOf(assignment: Assignment, content: Content, student: string): WorkItem[] {
  const weights = assignment.items.reduce((sum, { weight }) => sum + weight, 0);
  return assignment.items.map((item, index): WorkItem => {
    const shared = { anchor: `item-${index + 1}`, sharePercent: (100 * item.weight) / weights };
    if (item.kind === 'quiz') return { ...shared, ...quizWork(assignment, item, content, student) };
    const isIt = ({ name }: CatalogueExercise) => name === item.exercise;
    const chapter = content.catalogue.chapters.find(({ exercises }) => exercises.some(isIt));
    const exercise = chapter?.exercises.find(isIt) ?? null;
    const title = `Exercise: ${exercise?.title ?? item.exercise}`;
    return {
      ...shared,
      kind: 'exercise',
      name: item.exercise,
      chapter: chapter?.slug ?? null,
      title,
      exercise,
    };
  });
}

/** Chapters whose questions are wanted and which the site has. */
export function chaptersOf({ items }: Assignment, { chapters }: Catalogue): string[] {
  const wanted = items.flatMap((item) => (item.kind === 'quiz' ? [item.chapter] : []));
  return [...new Set(wanted)].filter((slug) => chapters.some((chapter) => chapter.slug === slug));
}

function quizWork(assignment: Assignment, item: QuizItem, content: Content, student: string) {
  const { chapter, pool } = item;
  const found = content.questions.get(chapter);
  const all = found?.[pool] ?? [];
  const wanted = item.questions === 'all' ? all.map(({ id }) => id) : item.questions;
  const ids = new Set(all.map(({ id }) => id));
  return {
    kind: 'quiz' as const,
    chapter,
    pool,
    title: `${found?.title ?? chapter}, ${pool} questions`,
    missing: all.length === 0 ? null : wanted.filter((id) => !ids.has(id)),
    questions: all
      .filter(({ id }) => wanted.includes(id))
      .map((question) => workQuestion(assignment, questionName(item, question.id), question, student)),
  };
}

function workQuestion(
  { id, salt }: Assignment,
  name: string,
  question: AskedQuestion,
  student: string,
): WorkQuestion {
  const hasNumbers = question.kind === 'number' && question.template !== undefined;
  if (!hasNumbers) return { name, record: `${id} ${name}`, question, hasNumbers };
  const drawn = askedWith(question, seedOf(salt, name, student));
  return { name, record: `${id} ${name} ${student}`, question: drawn, hasNumbers };
}

/** What the reader should know where assignment and site are not of one version; '' where they are. */
export function versionNote({ course }: Assignment, { course: ours }: Catalogue): string {
  const order = compareVersions(ours, course);
  if (order === 0) return '';
  if (order < 0)
    return `Expected version ${course} of the course, found ${ours} on this site. Load the page again, or ask for the address of a newer one: what this site does not have cannot be done here.`;
  return `It was made with version ${course} of the course; this site has ${ours}. Questions may have changed since: if something does not fit, ask whoever set it.`;
}

/** As the lab's files are called in what is handed in: without their sandbox. */
export function fileIn(exercise: CatalogueExercise, path: string): string {
  const [sandbox = ''] = exercise.name.split('/');
  return path.startsWith(`${sandbox}/`) ? path.slice(sandbox.length + 1) : path;
}
