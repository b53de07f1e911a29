// The page 'Review': the questions that are due, one at a time, with numbers drawn anew, and what comes next. Which are
// due is fixed when the page opens; a question that is gone from the course does not come back. Rendered by
// mount-page.ts.
import { type Signal, signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Quiz } from '../../grading/quiz.ts';
import { noteAnswers } from '../quiz/note.ts';
import { Question } from '../quiz/Question.tsx';
import { drawAgain, type QuestionState, questionStates } from '../quiz/state.ts';
import { fetchQuiz, judgeOldAnswers } from './course.ts';
import type { Progress } from './progress.ts';
import { isDue, rightInARow, standing } from './review.ts';
import { day } from './standing.tsx';
import { type ChapterPlan, Records, standingIn } from './summary.ts';

interface Due {
  readonly chapter: ChapterPlan;
  readonly quiz: Quiz;
  readonly state: QuestionState;
}
interface Props {
  readonly progress: Progress;
  readonly plan: readonly ChapterPlan[];
  readonly due: readonly Due[];
  readonly at: Signal<number>;
}

export async function reviewPage(progress: Progress, plan: readonly ChapterPlan[]): Promise<VNode> {
  await judgeOldAnswers(progress, plan);
  const now = Date.now();
  const records = new Records(progress.all());
  const due: Due[] = [];
  for (const chapter of plan) {
    if (standingIn(chapter, records, now).due === 0) continue;
    const quiz = await fetchQuiz(chapter.slug);
    for (const state of questionStates(quiz)) {
      const kept = records.of('answered', `${chapter.slug}:${state.question.value.id}`);
      if (kept === undefined || !isDue(standing(kept.value.tries, kept.atMs), now)) continue;
      drawAgain(state);
      due.push({ chapter, quiz, state });
    }
  }
  return <Review progress={progress} plan={plan} due={due} at={signal(0)} />;
}

function Review({ progress, plan, due, at }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const index = at.value;
  const one = due[index];
  const isDone = one?.state.verdict.value != null;
  useEffect(() => {
    if (index > 0) heading.current?.focus();
  }, [index]);
  useEffect(() => one && noteAnswers(progress, one.chapter.slug, one.state), [progress, one]);
  return (
    <>
      {progress.notice !== '' && (
        <p class="not-kept" role="status">
          {progress.notice}
        </p>
      )}
      <h2 ref={heading} tabIndex={-1} class="review-head">
        {one === undefined
          ? due.length === 0
            ? 'Nothing is due'
            : 'That was all for now'
          : `${index + 1} of ${due.length} due`}
      </h2>
      {one === undefined ? (
        <Ahead progress={progress} plan={plan} />
      ) : (
        <>
          <p class="kicker">
            From <a href={`/chapters/${one.chapter.slug}/`}>{one.chapter.title}</a>
          </p>
          <Question
            key={`${one.chapter.slug} ${one.state.question.peek().id}`}
            quiz={one.quiz}
            question={one.state.question.peek()}
            number={index + 1}
            state={one.state}
          />
          {isDone && (
            <p class="row review-next">
              <button
                type="button"
                class="go"
                onClick={() => {
                  at.value = index + 1;
                }}
              >
                {index + 1 < due.length ? 'Next question' : 'Finish'}
              </button>
              <span class="soft">{comesBack(progress, one)}</span>
            </p>
          )}
        </>
      )}
    </>
  );
}

function comesBack(progress: Progress, { chapter, state }: Due): string {
  const kept = progress.get('answered', `${chapter.slug}:${state.question.peek().id}`);
  if (kept === undefined) return '';
  const { known, streak, dueMs } = standing(kept.tries, 0);
  if (known || dueMs === null) return `Right ${rightInARow} times in a row: it counts as known.`;
  return streak === 0
    ? `It comes back on ${day(dueMs)}.`
    : `${streak} of ${rightInARow} in a row; it comes back on ${day(dueMs)}.`;
}

function Ahead({ progress, plan }: { readonly progress: Progress; readonly plan: readonly ChapterPlan[] }) {
  const records = new Records(progress.all());
  const all = plan.map((chapter) => standingIn(chapter, records, Date.now()));
  const answered = all.reduce((sum, one) => sum + one.answered, 0);
  const known = all.reduce((sum, one) => sum + one.known, 0);
  const next = Math.min(...all.map((one) => one.nextDueMs ?? Number.POSITIVE_INFINITY));
  if (answered === 0)
    return (
      <p>
        You have answered no question yet. They stand at the end of each chapter: see the{' '}
        <a href="/contents/">contents</a>.
      </p>
    );
  return (
    <p>
      {Number.isFinite(next) ? `The next question comes back on ${day(next)}. ` : 'No question is waiting. '}
      {known} of the {answered} you have answered {known === 1 ? 'counts' : 'count'} as known. All of it:{' '}
      <a href="/progress/">Where I stand</a>.
    </p>
  );
}
