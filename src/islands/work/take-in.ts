// A submission that the reader takes in again, on another computer or after a loss: what is new in it is added, what is here
// stays, and what happened is said. Refuses work for another assignment, work of another code, and whatever the grader
// would refuse, as expected, found, fix. Every text in it may be a stranger's. Called by open-file.ts.
import { RunProblem } from '../../runtime/runtime.ts';
import type { Assignment } from '../../teaching/assignment.ts';
import { readSubmission, type Submission } from '../../teaching/submission.ts';
import { joined, same } from '../progress/merge.ts';
import { asideOf } from '../progress/migrate.ts';
import type { Progress } from '../progress/progress.ts';
import { saidOf } from '../progress/records.ts';
import { answerOf } from '../quiz/kept.ts';
import { counted } from './hand-in.ts';
import { fileIn, type WorkItem } from './items.ts';

/** Throws RunProblem. */
export function readOwn(
  name: string,
  bytes: Uint8Array,
  assignment: Assignment,
  student: string,
): Submission {
  const submission = readSubmission(name, bytes, assignment.id);
  if (student === '' || submission.student.normalize('NFC') === student) return submission;
  throw new RunProblem({
    file: name,
    expected: `work of ‘${student}’, your code here`,
    found: `work of ‘${submission.student}’`,
    fix: 'choose your own file; if that is you, change your code first.',
  });
}

/** Adds what is new. Gives sentences on what it did. `items` are those of the submission's code. */
export async function takeIn(
  progress: Progress,
  submission: Submission,
  items: readonly WorkItem[],
): Promise<string[]> {
  const answers = answersIn(progress, submission, items);
  const code = await codeIn(progress, submission, items);
  let predictions = 0;
  for (const [name, said] of Object.entries(submission.predictions)) {
    const read = saidOf(said);
    if (read === undefined || progress.get('predicted', name) !== undefined) continue;
    progress.update('predicted', name, () => ({ said: read, near: null, of: null }));
    predictions += 1;
  }
  const said = [
    ...answers,
    ...code,
    ...(predictions === 0 ? [] : [`${counted(predictions, 'prediction')} taken in.`]),
  ];
  await progress.settled();
  return said.length === 0 ? ['All of it was here already: nothing was changed.'] : said;
}

function answersIn(progress: Progress, submission: Submission, items: readonly WorkItem[]): string[] {
  const questions = items.flatMap((item) => (item.kind === 'quiz' ? item.questions : []));
  let fresh = 0;
  let left = 0;
  for (const [name, { tries }] of Object.entries(submission.answers)) {
    const question = questions.find((one) => one.name === name);
    const fitting = tries.flatMap((one) => {
      const answer = question && answerOf(question.question, one.answer);
      return answer === undefined ? [] : [{ atMs: Math.min(one.atMs, Date.now()), answer: { ...answer } }];
    });
    left += tries.length - fitting.length;
    if (question === undefined) continue;
    const old = progress.get('tried', question.record);
    const isHere = (one: (typeof fitting)[number]) =>
      [...(old?.tries ?? []), ...(old?.draft == null ? [] : [old.draft])].some(
        (here) => here.atMs === one.atMs && same(here.answer, one.answer),
      );
    const added = fitting.filter((one) => !isHere(one));
    if (added.length === 0) continue;
    fresh += added.length;
    progress.update('tried', question.record, () => ({
      tries: joined(old?.tries ?? [], added),
      draft: old?.draft ?? null,
    }));
  }
  return [
    ...(fresh === 0 ? [] : [`${counted(fresh, 'try', 'tries')} taken in.`]),
    ...(left === 0
      ? []
      : [`${counted(left, 'try', 'tries')} left out: no question here takes such an answer.`]),
  ];
}

/** A file that is not changed here is taken; else what is here stays, and the other is put where it can be had back. */
async function codeIn(
  progress: Progress,
  submission: Submission,
  items: readonly WorkItem[],
): Promise<string[]> {
  const said: string[] = [];
  for (const item of items) {
    if (item.kind !== 'exercise' || item.exercise === null) continue;
    const { exercise } = item;
    const files = submission.exercises[item.name] ?? {};
    for (const path of exercise.edits) {
      const name = fileIn(exercise, path);
      const text = Object.hasOwn(files, name) ? files[name] : undefined;
      const old = progress.get('versions', exercise.workspace) ?? { mine: {}, setAside: null };
      if (text === undefined || old.mine[path] === text || old.setAside?.[path] === text) continue;
      if (old.mine[path] === undefined) {
        progress.update('versions', exercise.workspace, () => ({
          ...old,
          mine: { ...old.mine, [path]: text },
        }));
        said.push(`${name} taken in.`);
      } else if (old.setAside === null) {
        progress.update('versions', exercise.workspace, () => ({ ...old, setAside: { [path]: text } }));
        said.push(`${name} differs from yours here: yours stays; the lab’s “Bring back” gives the other.`);
      } else {
        const why = 'It came with a file of your work, and yours here is another.';
        await progress.take([], [asideOf(`${item.name} ${name}`, text, why, Date.now())]);
        said.push(`${name} differs from yours here: yours stays; the other is set aside on “Where I stand”.`);
      }
    }
  }
  return said;
}
