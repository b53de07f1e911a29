// All questions of a chapter and where the reader stands among them. Rendered at build time without `states`.
// Called by mdx/Quiz.astro (build) and mount.tsx (page).
import type { Quiz as QuizData } from '../../grading/quiz.ts';
import { Question } from './Question.tsx';
import { again, type QuestionState, tally, wrongOf } from './state.ts';

interface Props {
  readonly quiz: QuizData;
  readonly states?: readonly QuestionState[];
}

export function Quiz({ quiz, states }: Props) {
  const wrong = wrongOf(states ?? []);
  const retryWrong = () => {
    const first = wrong[0]?.question.value.id;
    for (const state of wrong) again(state);
    requestAnimationFrame(() => {
      const form = document.getElementById(`q-${first}`);
      form?.scrollIntoView({ block: 'start' });
      form
        ?.querySelector<HTMLElement>('input, select, .items button:not(:disabled)')
        ?.focus({ preventScroll: true });
    });
  };
  return (
    <>
      {quiz.questions.map((question, index) => (
        <Question
          key={question.id}
          quiz={quiz}
          question={question}
          number={index + 1}
          state={states?.[index]}
        />
      ))}
      <p class="tally" role="status">
        {states === undefined ? '' : tally(states)}
      </p>
      {wrong.length > 0 && (
        <p class="row">
          <button type="button" onClick={retryWrong}>
            Try again what was wrong ({wrong.length})
          </button>
          <span>Right answers stay.</span>
        </p>
      )}
    </>
  );
}
