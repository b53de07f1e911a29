// What an assignment can be made of, chapter by chapter: what is asked, as text, and exercises with where they are done.
// Holds nothing of any key. Complains as the readers of quiz and lab do. Called by pages/assign.
import { readFileSync } from 'node:fs';
import type { Question } from '../grading/quiz.ts';
import { plainText } from '../grading/report.ts';
import { chapterOf } from './chapter.ts';
import { readExercise } from './exercise-file.ts';
import { readLab, sideLabs } from './lab-file.ts';
import { readGraded, readQuiz } from './quiz-file.ts';
import { inRepository } from './root.ts';

/** The course's version, of package.json. */
export function versionOfCourse(): string {
  const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };
  return version;
}

export async function catalogueOf(chapter: string) {
  const { slug, number, title, folder } = chapterOf(chapter);
  const { sandbox } = readLab(folder).value;
  const { questions } = await readQuiz(slug, folder, sandbox);
  return {
    slug,
    number,
    title,
    practice: questions.map(questionEntry),
    graded: (await readGraded(folder, sandbox)).map(questionEntry),
    exercises: [undefined, ...sideLabs(folder)].flatMap((side) => exercisesOf(slug, folder, side)),
  };
}

function questionEntry(question: Question) {
  const numbers = question.kind === 'number' && question.template !== undefined;
  return { id: question.id, kind: question.kind, words: plainText(question.ask), numbers };
}

/** Of the chapter's own lab, or of the further one named `side`. */
function exercisesOf(slug: string, folder: string, side: string | undefined) {
  const { sandbox, exercises } = readLab(folder, side).value;
  const page = side === undefined ? `/chapters/${slug}/` : `/labs/${side}/`;
  return exercises.map((exercise) => {
    const { title, edits } = readExercise(`${folder}/lab.yml`, sandbox, exercise);
    const name = `${sandbox}/${exercise}`;
    const paths = edits.map((file) => `${sandbox}/${file}`);
    return { name, title, href: `${page}#exercise-${exercise}`, edits: paths, workspace: name };
  });
}
