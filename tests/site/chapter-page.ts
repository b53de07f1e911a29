// What the reading tests share: the chapter's address, and the quiz and prediction that its page carries as JSON, so
// that no test repeats the words of a question. Used by reading*.spec.ts.
import type { Page } from '@playwright/test';
import type { Prediction } from '../../src/grading/predict.ts';
import type { ChoiceQuestion, Question, Quiz } from '../../src/grading/quiz.ts';

export const chapter = '/chapters/load-balancing/';

async function dataOf(page: Page, island: string): Promise<unknown> {
  const text = await page.locator(`[data-island="${island}"] > script`).first().textContent();
  return JSON.parse(text ?? 'null');
}

export async function quizOf(page: Page): Promise<Quiz> {
  return (await dataOf(page, 'quiz')) as Quiz;
}

export async function predictionOf(page: Page): Promise<Prediction> {
  return (await dataOf(page, 'predict')) as Prediction;
}

/** The first question of a kind, and the locator of its form. */
export function questionOf<K extends Question['kind']>(page: Page, quiz: Quiz, kind: K) {
  type Found = Question & { readonly kind: K };
  const question = quiz.questions.find((each): each is Found => each.kind === kind);
  if (question === undefined) throw new Error(`expected a question of kind ${kind} in the quiz, found none`);
  return { question, form: page.locator(`#q-${question.id}`) };
}

export function isChoice(question: Question): question is ChoiceQuestion {
  return question.kind === 'one' || question.kind === 'many';
}
