// Brings a quiz to life where its HTML already stands: takes over what was chosen meanwhile, recalls answers that were
// checked before, keeps them from now on. Called by islands/intent.ts.
import { batch } from '@preact/signals';
import { hydrate } from 'preact';
import type { Answer, Quiz as QuizData } from '../../grading/quiz.ts';
import { showNotice } from '../progress/notice.ts';
import { openProgress } from '../progress/open.ts';
import type { Progress } from '../progress/progress.ts';
import { answerInPage, shape } from './kept.ts';
import { noteAnswers } from './note.ts';
import { Quiz } from './Quiz.tsx';
import { check, drawAgain, type QuestionState, questionStates } from './state.ts';

export async function mount(element: HTMLElement): Promise<void> {
  const data = element.querySelector('script[type="application/json"]')?.textContent;
  const root = element.querySelector<HTMLElement>('.island');
  if (data === null || data === undefined || root === null)
    throw new Error('expected a quiz in the page, found none');
  const quiz = JSON.parse(data) as QuizData;
  const progress = await openProgress();
  const states = questionStates(quiz);
  const chosen = states.map((state) => answerInPage(state.question.value, root));
  // Hydrates as the build rendered it, and only then says what is known: hydration does not correct attributes.
  hydrate(<Quiz quiz={quiz} states={states} />, root);
  batch(() => {
    states.forEach((state, index) => {
      takeOver(progress, quiz, state, chosen[index]);
    });
  });
  for (const state of states) noteAnswers(progress, quiz.chapter, state);
  showNotice(progress, element);
}

function takeOver(
  progress: Progress,
  quiz: QuizData,
  state: QuestionState,
  inPage: Answer | undefined,
): void {
  const record = progress.get('answered', `${quiz.chapter}:${state.question.value.id}`);
  const kept = record && shape(state.question.value, { ...record.answer, seed: record.seed });
  if (inPage !== undefined) {
    state.answer.value = inPage;
  } else if (kept !== undefined) {
    if (kept.seed !== state.seed.value) drawAgain(state, kept.seed);
    state.answer.value = kept.answer;
    check(state);
  }
}
