// Brings a quiz to life where its HTML already stands: takes over what was chosen meanwhile, recalls answers that were
// checked before, keeps them from now on. Called by islands/intent.ts.
import { batch, effect } from '@preact/signals';
import { hydrate } from 'preact';
import type { Answer, Question as QuestionData, Quiz as QuizData } from '../../grading/quiz.ts';
import { isNumbers, isRecord, keep, recall } from '../keep.ts';
import { Quiz } from './Quiz.tsx';
import { check, type QuestionState, questionStates } from './state.ts';

export function mount(element: HTMLElement): void {
  const data = element.querySelector('script[type="application/json"]')?.textContent;
  const root = element.querySelector<HTMLElement>('.island');
  if (data === null || data === undefined || root === null)
    throw new Error('expected a quiz in the page, found none');
  const quiz = JSON.parse(data) as QuizData;
  const states = questionStates(quiz);
  const chosen = states.map((state) => answerInPage(state.question, root));
  // Hydrates as the build rendered it, and only then says what is known: hydration does not correct attributes.
  hydrate(<Quiz quiz={quiz} states={states} />, root);
  batch(() => {
    states.forEach((state, index) => {
      takeOver(quiz, state, chosen[index]);
    });
  });
  for (const state of states) {
    effect(() => {
      if (state.verdict.value !== null) keep(nameOf(quiz, state.question), state.answer.peek());
    });
  }
}

function takeOver(quiz: QuizData, state: QuestionState, inPage: Answer | undefined): void {
  const kept = recall(nameOf(quiz, state.question), (value) => shape(state.question, value));
  if (inPage !== undefined) state.answer.value = inPage;
  else if (kept !== undefined) {
    state.answer.value = kept;
    check(state);
  }
}

function nameOf(quiz: QuizData, question: QuestionData): string {
  return `quiz:${quiz.chapter}:${question.id}`;
}

/** What the reader chose in the plain HTML; undefined when nothing. */
function answerInPage(question: QuestionData, root: HTMLElement): Answer | undefined {
  const inputs = [...root.querySelectorAll<HTMLInputElement>(`[name="q-${question.id}"]`)];
  if (question.kind === 'order') return undefined;
  if (question.kind === 'number') {
    const typed = Number(inputs[0]?.value.replaceAll(/[,\s_]/g, '') || Number.NaN);
    return Number.isFinite(typed) ? { kind: 'number', value: typed } : undefined;
  }
  const chosen = inputs.flatMap((input, index) => (input.checked ? [index] : []));
  return chosen.length === 0 ? undefined : { kind: question.kind, chosen };
}

/** A kept answer, if it still fits the question. */
function shape(question: QuestionData, value: unknown): Answer | undefined {
  if (!isRecord(value) || value['kind'] !== question.kind) return undefined;
  const { chosen, order, value: number } = value;
  if (question.kind === 'number')
    return typeof number === 'number' ? { kind: 'number', value: number } : undefined;
  if (question.kind === 'order') {
    const whole =
      isNumbers(order) && order.length === question.items.length && new Set(order).size === order.length;
    return whole && order.every((item) => question.items[item] !== undefined)
      ? { kind: 'order', order }
      : undefined;
  }
  return isNumbers(chosen) && chosen.every((index) => question.options[index] !== undefined)
    ? { kind: question.kind, chosen }
    : undefined;
}
