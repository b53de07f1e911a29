// What a student is told of an answer, remark by remark, with what each is about: an option, an item, a pair, a line, or
// what was typed. The course's texts are HTML already; what the student typed is escaped here. Pure. Used by score.ts.
import type { Answer, Question, Remark, Verdict } from '../grading/quiz.ts';
import { escaped } from './html.ts';

export interface Told {
  readonly right: boolean;
  /** HTML: what it is about, and what the student did with it. */
  readonly about: string;
  /** HTML: the course's words on it. */
  readonly html: string;
}

/** `answer` counts as the key does. Empty where nothing was answered. */
export function toldOf(
  question: Question,
  answer: Answer | undefined,
  verdict: Verdict | undefined,
): readonly Told[] {
  if (answer === undefined || verdict === undefined) return [];
  return verdict.remarks.map((remark, at) => {
    const about = aboutOf(question, answer, remark, at);
    return { right: remark.right, about, html: remark.feedback };
  });
}

function aboutOf(question: Question, answer: Answer, { index }: Remark, at: number): string {
  if ('value' in answer) return `answered ${escaped(String(answer.value ?? 'nothing'))}`;
  if (question.kind === 'order') return `${at + 1}. ${question.items[index]?.text ?? ''}`;
  if (question.kind === 'match' && 'matched' in answer) {
    const pair = question.pairs[index];
    const choice =
      question.choices[(pair === undefined ? index - question.pairs.length : answer.matched[index]) ?? -1];
    const words = choice?.text ?? 'nothing';
    return pair === undefined ? words : `${pair.left} – ${words}`;
  }
  if (!('chosen' in answer)) return '';
  const did = answer.chosen.includes(index) ? 'chosen' : 'not chosen';
  if (question.kind === 'line') return `line ${question.lines[index]?.no ?? '?'}, ${did}`;
  const option = question.kind === 'one' || question.kind === 'many' ? question.options[index] : undefined;
  return `${did}: ${option?.text ?? ''}`;
}
