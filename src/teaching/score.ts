// What a submission earned: each answer judged anew against the key, each exercise by the outcome of its run, weights, and what
// being late costs. Reads nothing that a browser claims to have scored. Pure. Used by the command line's grade.
import { draw } from '../grading/draw.ts';
import { type Answer, judge, type Question } from '../grading/quiz.ts';
import { type Assignment, itemName, questionName } from './assignment.ts';
import { percentLeft } from './late.ts';
import { seedOf } from './seeds.ts';
import type { Submission, Tries } from './submission.ts';
import { type Told, toldOf } from './told.ts';

/** Questions of each quiz item, by itemName: the answer key. */
export type Key = ReadonlyMap<string, readonly Question[]>;

export interface QuestionResult {
  /** questionName in assignment.ts. */
  readonly name: string;
  /** As this student was asked it, as HTML. */
  readonly ask: string;
  readonly tries: number;
  readonly right: boolean;
  /** Null where nothing was tried. */
  readonly firstRight: boolean | null;
  /** From the first try to the last, by the browser's clock. */
  readonly minutes: number | null;
  /** Of the try that counts. */
  readonly feedback: readonly Told[];
}
export interface ExerciseResult {
  readonly right: boolean;
  readonly passed: number;
  readonly total: number;
  /** What went wrong: lines of text, a guest's words among them. */
  readonly found: readonly string[];
  /** The course's words on this mistake, as HTML. */
  readonly feedback: string;
  /** The lab's page with this run; '' where there is none. */
  readonly showMe: string;
  /** It kept every promise of its page's check and not those of the hidden one, of which only `feedback` is told. */
  readonly failedHidden: boolean;
}
export interface ItemResult {
  readonly name: string;
  readonly weight: number;
  /** From 0 to 1. */
  readonly score: number;
  readonly questions: readonly QuestionResult[];
  readonly exercise: ExerciseResult | null;
}
export interface Graded {
  /** The platform's word on who it is, else the student's code. */
  readonly identity: string;
  readonly student: string;
  /** For people: the platform's name or the code. */
  readonly name: string;
  readonly items: readonly ItemResult[];
  /** Null where nobody says when it was handed in. */
  readonly lateMs: number | null;
  readonly percent: number;
  /** Of the assignment's points, late rules applied. */
  readonly grade: number;
}

export interface Facts {
  readonly identity: string;
  readonly name: string;
  readonly submittedMs: number | null;
  /** Extended or not. */
  readonly dueMs: number;
}

export function gradeOf(
  assignment: Assignment,
  key: Key,
  submission: Submission,
  exercises: ReadonlyMap<string, ExerciseResult>,
  facts: Facts,
): Graded {
  const items = assignment.items.map((item): ItemResult => {
    const shared = { name: itemName(item), weight: item.weight };
    if (item.kind === 'exercise') {
      const exercise = exercises.get(item.exercise) ?? notHandedIn;
      return { ...shared, score: exercise.right ? 1 : 0, questions: [], exercise };
    }
    const questions = (key.get(itemName(item)) ?? []).map((question) =>
      questionResult(assignment, questionName(item, question.id), question, submission),
    );
    const right = questions.filter((question) => question.right).length;
    const score = questions.length === 0 ? 0 : right / questions.length;
    return { ...shared, score, questions, exercise: null };
  });
  const weights = items.reduce((sum, item) => sum + item.weight, 0);
  const share = items.reduce((sum, item) => sum + item.weight * item.score, 0) / weights;
  const lateMs = facts.submittedMs === null ? null : Math.max(0, facts.submittedMs - facts.dueMs);
  const percent = percentLeft(assignment.late, lateMs ?? 0);
  const { identity, name } = facts;
  const grade = (assignment.points * share * percent) / 100;
  return { identity, name, student: submission.student, items, lateMs, percent, grade };
}

const notHandedIn: ExerciseResult = {
  right: false,
  passed: 0,
  total: 0,
  found: ['no code was handed in'],
  feedback: '',
  showMe: '',
  failedHidden: false,
};

function questionResult(
  { salt, attempts, triesMax }: Assignment,
  name: string,
  asked: Question,
  { student, answers }: Submission,
): QuestionResult {
  const hasNumbers = asked.kind === 'number' && asked.template !== undefined;
  const question = hasNumbers && asked.template ? draw(asked.template, seedOf(salt, name, student)) : asked;
  const all: Tries = Object.hasOwn(answers, name) ? (answers[name]?.tries ?? []) : [];
  const tries = all.slice(0, triesMax);
  const given = tries.map((one) => asKeyed(question, one.answer));
  const verdicts = given.map((answer) => judge(question, answer));
  const best = attempts === 'best' ? verdicts.findIndex((verdict) => verdict.right) : -1;
  const at = best === -1 ? verdicts.length - 1 : best;
  const counted = verdicts[at];
  const times = tries.map((one) => one.atMs);
  return {
    name,
    ask: question.ask,
    tries: tries.length,
    right: counted?.right ?? false,
    firstRight: verdicts[0]?.right ?? null,
    minutes: times.length === 0 ? null : (Math.max(...times) - Math.min(...times)) / 60_000,
    feedback: toldOf(question, given[at], counted),
  };
}

/** Students put places of the shown order into order; the key counts places of the right one. */
function asKeyed(question: Question, answer: Answer): Answer {
  if (question.kind !== 'order' || answer.kind !== 'order') return answer;
  return { kind: 'order', order: answer.order.map((place) => question.shown[place] ?? -1) };
}
