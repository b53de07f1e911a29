// What is said of an option, a line or an answer once it was checked: a mark, a word, the reason. And how texts that
// the build made as HTML are put into the page. Used by every kind of question.
import type { AskedQuestion } from '../../grading/asked.ts';
import type { Question, Remark } from '../../grading/quiz.ts';
import type { AnswerState } from './state.ts';

/** Fields read of a question what its asker may know; the rest comes with the verdict. */
export interface Props<Q extends Question | AskedQuestion = Question> {
  readonly question: Q;
  /** Left out at build time. */
  readonly state?: AnswerState | undefined;
}

interface SaidProps {
  readonly remark: Remark | undefined;
  readonly word: string;
  readonly mark: boolean;
}

export function Said({ remark, word, mark }: SaidProps) {
  if (remark === undefined) return null;
  return (
    <p class="said">
      <b class={mark ? 'ok' : 'wrong'}>{mark ? `✓ ${word}` : `✗ ${word}`}</b>{' '}
      <span {...html(remark.feedback)} />
    </p>
  );
}

/** Texts come from the build as HTML. */
export function html(text: string) {
  return { dangerouslySetInnerHTML: { __html: text } };
}

/** A digit from 1 to 9 as 0 to 8, unless it is part of a shortcut; else -1. */
export function digitOf(event: KeyboardEvent): number {
  if (event.ctrlKey || event.metaKey || event.altKey) return -1;
  return /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
}
