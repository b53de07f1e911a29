// Brings a quiz to life where its HTML already stands: takes over what was chosen meanwhile, recalls answers that were
// checked before, keeps them from now on. Called by islands/intent.ts.
import { batch, effect } from '@preact/signals';
import { hydrate } from 'preact';
import type { Answer, Quiz as QuizData } from '../../grading/quiz.ts';
import { keep, recall } from '../keep.ts';
import { answerInPage, shape } from './kept.ts';
import { Quiz } from './Quiz.tsx';
import { check, drawAgain, type QuestionState, questionStates } from './state.ts';

export function mount(element: HTMLElement): void {
  const data = element.querySelector('script[type="application/json"]')?.textContent;
  const root = element.querySelector<HTMLElement>('.island');
  if (data === null || data === undefined || root === null)
    throw new Error('expected a quiz in the page, found none');
  const quiz = JSON.parse(data) as QuizData;
  const states = questionStates(quiz);
  const chosen = states.map((state) => answerInPage(state.question.value, root));
  // Hydrates as the build rendered it, and only then says what is known: hydration does not correct attributes.
  hydrate(<Quiz quiz={quiz} states={states} />, root);
  batch(() => {
    states.forEach((state, index) => {
      takeOver(quiz, state, chosen[index]);
    });
  });
  for (const state of states) {
    effect(() => {
      if (state.verdict.value !== null)
        keep(nameOf(quiz, state), { ...state.answer.peek(), seed: state.seed.peek() });
    });
  }
}

function takeOver(quiz: QuizData, state: QuestionState, inPage: Answer | undefined): void {
  const kept = recall(nameOf(quiz, state), (value) => shape(state.question.value, value));
  if (inPage !== undefined) {
    state.answer.value = inPage;
  } else if (kept !== undefined) {
    if (kept.seed !== state.seed.value) drawAgain(state, kept.seed);
    state.answer.value = kept.answer;
    check(state);
  }
}

function nameOf(quiz: QuizData, state: QuestionState): string {
  return `quiz:${quiz.chapter}:${state.question.value.id}`;
}
