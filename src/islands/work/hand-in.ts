// What is handed in: NAME.submission.json of what the student put in, and the same in plain words before it is saved. Pure but
// for what it reads of progress. Refuses, as expected, found, fix, what the grader would not take: its own schema has the last
// word. Called by hand-in-panel.tsx, and by the panels that show what would be handed in.
import { plainText } from '../../grading/report.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Assignment, TRIES_MAX } from '../../teaching/assignment.ts';
import { readSubmission, SUBMISSION_BYTES_MAX, type Submission } from '../../teaching/submission.ts';
import type { Progress } from '../progress/progress.ts';
import { type ExerciseWork, fileIn, type WorkItem, type WorkQuestion } from './items.ts';
import { givenOf } from './store.ts';

type Answers = Submission['answers'];

/** The tries that go into the file: those kept, then what was typed and not kept, as long as a try is left. */
export function triesOf(
  progress: Progress,
  question: WorkQuestion,
  triesMax: number,
): Answers[string]['tries'] {
  const { tries, draft } = givenOf(progress, question);
  const isRoom = draft !== null && tries.length < Math.min(triesMax, TRIES_MAX);
  return [...tries, ...(isRoom ? [draft] : [])].slice(0, TRIES_MAX).map(({ atMs, answer }) => ({
    atMs,
    // The schema's lists may be changed, ours may not.
    answer: structuredClone(answer) as Answers[string]['tries'][number]['answer'],
  }));
}

/** The reader's versions of an exercise's files, by their names in the submission; empty where nothing was changed. */
export function codeOf(progress: Progress, { exercise }: ExerciseWork): Record<string, string> {
  if (exercise === null) return {};
  const mine = progress.get('versions', exercise.workspace)?.mine ?? {};
  return Object.fromEntries(
    exercise.edits.flatMap((path) => {
      const text = Object.hasOwn(mine, path) ? mine[path] : undefined;
      return text === undefined ? [] : [[fileIn(exercise, path), text]];
    }),
  );
}

/** Of the chapters that the assignment is about; as the reader locked them. */
function predictionsOf(progress: Progress, chapters: ReadonlySet<string>): Submission['predictions'] {
  const own = progress.all().flatMap((one) => {
    const [chapter = ''] = one.name.split(':');
    return one.kind === 'predicted' && chapters.has(chapter) ? [[one.name, one.value.said] as const] : [];
  });
  own.sort(([a], [b]) => (a < b ? -1 : 1));
  return structuredClone(Object.fromEntries(own)) as Submission['predictions'];
}

export function submissionOf(
  progress: Progress,
  assignment: Assignment,
  student: string,
  items: readonly WorkItem[],
  course: string,
): Submission {
  const answers: Answers = {};
  const exercises: Submission['exercises'] = {};
  const chapters = new Set<string>();
  for (const item of items) {
    if (item.chapter !== null) chapters.add(item.chapter);
    if (item.kind === 'exercise') {
      const code = codeOf(progress, item);
      if (Object.keys(code).length > 0) exercises[item.name] = code;
      continue;
    }
    for (const question of item.questions) {
      const tries = triesOf(progress, question, assignment.triesMax);
      if (tries.length > 0) answers[question.name] = { tries };
    }
  }
  const predictions = predictionsOf(progress, chapters);
  const { id } = assignment;
  return {
    format: 'brownout-submission',
    version: 1,
    assignment: id,
    student,
    course,
    answers,
    exercises,
    predictions,
  };
}

/** Throws RunProblem where `brownout grade` would not read it. */
export function submissionText(submission: Submission): string {
  const text = `${JSON.stringify(submission, null, 1)}\n`;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > SUBMISSION_BYTES_MAX)
    throw new RunProblem({
      expected: `at most ${SUBMISSION_BYTES_MAX.toLocaleString('en-US')} bytes to hand in`,
      found: bytes.length.toLocaleString('en-US'),
      fix: 'make your programs shorter.',
    });
  readSubmission('what you hand in', bytes, submission.assignment);
  return text;
}

/** Letters, digits, dots and hyphens of the code: `ada.submission.json`. */
export function fileNameOf(student: string): string {
  const plain = student.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const name = plain.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return `${name.slice(0, 60) || 'work'}.submission.json`;
}

/** What is in the file, line by line. */
export function contentsOf(submission: Submission): string[] {
  const tries = Object.values(submission.answers).map((one) => one.tries.length);
  const sum = tries.reduce((all, one) => all + one, 0);
  const files = Object.entries(submission.exercises).flatMap(([name, texts]) =>
    Object.entries(texts).map(([file, text]) => `${file} of ${name} (${counted(lines(text), 'line')})`),
  );
  const predictions = Object.keys(submission.predictions).length;
  return [
    `Your code, ‘${submission.student}’, the mark of this assignment (${submission.assignment}) and the version of this site (${submission.course}).`,
    tries.length === 0
      ? 'No answers.'
      : `${counted(tries.length, 'answer')} with ${counted(sum, 'try', 'tries')}: what you chose or typed, and when, by this computer’s clock.`,
    files.length === 0 ? 'No code.' : `Code: ${files.join(', ')}.`,
    predictions === 0
      ? 'No predictions.'
      : `${counted(predictions, 'prediction')} that you locked in the chapters of this assignment. They earn nothing.`,
  ];
}

/** A question in a few words. */
export function shortOf({ question }: WorkQuestion): string {
  const text = plainText(question.ask).trim();
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function lines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
