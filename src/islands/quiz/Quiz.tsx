// All questions of a chapter and where the reader stands among them. Rendered at build time without `states`.
// Called by mdx/Quiz.astro (build) and mount.tsx (page).
import type { Quiz as QuizData } from '../../grading/quiz.ts';
import { Question } from './Question.tsx';
import { type QuestionState, tally } from './state.ts';

export function Quiz({
  quiz,
  states,
}: {
  readonly quiz: QuizData;
  readonly states?: readonly QuestionState[];
}) {
  return (
    <>
      {quiz.questions.map((question, index) => (
        <Question key={question.id} question={question} number={index + 1} state={states?.[index]} />
      ))}
      <p class="tally" role="status">
        {states === undefined ? '' : tally(states)}
      </p>
    </>
  );
}
