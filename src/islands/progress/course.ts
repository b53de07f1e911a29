// What the course has, fetched: the plan of all chapters, the questions of one; and the outcomes of old answers, which
// version 1 did not keep, judged by those questions. Called by the pages of progress and review, and by marks.ts.
import { draw, firstSeed } from '../../grading/draw.ts';
import { judge, type Question, type Quiz } from '../../grading/quiz.ts';
import { shape } from '../quiz/kept.ts';
import { noteUnjudged } from '../quiz/note.ts';
import type { Progress } from './progress.ts';
import type { ChapterPlan } from './summary.ts';

async function fetched(address: string): Promise<unknown> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`expected ${address}, found status ${answer.status}: try again.`);
  return answer.json();
}

/** Of the same build as this script. */
export async function fetchPlan(): Promise<readonly ChapterPlan[]> {
  return (await fetched('/progress/plan.json')) as readonly ChapterPlan[];
}

export async function fetchQuiz(chapter: string): Promise<Quiz> {
  return (await fetched(`/review/${chapter}.json`)) as Quiz;
}

export async function judgeOldAnswers(progress: Progress, plan: readonly ChapterPlan[]): Promise<void> {
  for (const { slug, questions } of plan) {
    const old = questions.filter((id) => progress.get('answered', `${slug}:${id}`)?.tries.length === 0);
    if (old.length === 0) continue;
    const quiz = await fetchQuiz(slug);
    for (const question of quiz.questions) if (old.includes(question.id)) judgeOld(progress, slug, question);
  }
}

function judgeOld(progress: Progress, slug: string, question: Question): void {
  const name = `${slug}:${question.id}`;
  const kept = progress.get('answered', name);
  const fits = kept && shape(question, { ...kept.answer, seed: kept.seed });
  if (fits === undefined) return;
  const isDrawn = question.kind === 'number' && question.template !== undefined && fits.seed !== firstSeed;
  const asked = isDrawn && question.template !== undefined ? draw(question.template, fits.seed) : question;
  noteUnjudged(progress, name, judge(asked, fits.answer).right);
}
