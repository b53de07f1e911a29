// Answers as they lie in the reader's browser (progress/records.ts) and as they stand in the plain page: what of them still fits a question.
// Refuses, by undefined, what does not. Called by mount.tsx and by work/.
import type { AskedQuestion } from '../../grading/asked.ts';
import type { Answer, Question } from '../../grading/quiz.ts';
import { isNumbers, isRecord } from '../progress/shapes.ts';
import { numberIn } from './Fields.tsx';

export interface Kept {
  readonly answer: Answer;
  /** Which numbers were asked. */
  readonly seed: number;
}

/** A kept answer, if it still fits the question. */
export function shape(question: Question, value: unknown): Kept | undefined {
  if (!isRecord(value) || value['kind'] !== question.kind) return undefined;
  const { seed } = value;
  const answer = answerOf(question, value);
  if (answer === undefined) return undefined;
  return { answer, seed: typeof seed === 'number' && Number.isSafeInteger(seed) && seed > 0 ? seed : 1 };
}

/** An answer of the question's shape, without its numbers' seed. */
export function answerOf(
  question: Question | AskedQuestion,
  value: Readonly<Record<string, unknown>>,
): Answer | undefined {
  if (value['kind'] !== question.kind) return undefined;
  const { chosen, order, matched, value: typed } = value;
  if (question.kind === 'number')
    return typeof typed === 'number' ? { kind: 'number', value: typed } : undefined;
  if (question.kind === 'text') return typeof typed === 'string' ? { kind: 'text', value: typed } : undefined;
  if (question.kind === 'order') {
    const complete =
      isNumbers(order) && order.length === question.items.length && new Set(order).size === order.length;
    return complete && order.every((item) => question.items[item] !== undefined)
      ? { kind: 'order', order }
      : undefined;
  }
  if (question.kind === 'match') {
    const { length } = 'pairs' in question ? question.pairs : question.lefts;
    return isNumbers(matched) &&
      matched.length === length &&
      matched.every((index) => index === -1 || question.choices[index] !== undefined)
      ? { kind: 'match', matched }
      : undefined;
  }
  const all = question.kind === 'line' ? question.lines : question.options;
  return isNumbers(chosen) && chosen.every((index) => all[index] !== undefined)
    ? { kind: question.kind, chosen }
    : undefined;
}

/** What the reader chose in the plain HTML; undefined when nothing. */
export function answerInPage(question: Question, root: HTMLElement): Answer | undefined {
  const named = [...root.querySelectorAll<HTMLInputElement>(`[name="q-${question.id}"]`)];
  if (question.kind === 'order') return undefined;
  if (question.kind === 'number') {
    const value = numberIn(named[0]?.value ?? '');
    return value === null ? undefined : { kind: 'number', value };
  }
  if (question.kind === 'text') {
    const value = named[0]?.value ?? '';
    return value === '' ? undefined : { kind: 'text', value };
  }
  if (question.kind === 'match') {
    const matched = named.map((select) => Number(select.value));
    return matched.some((index) => index >= 0) ? { kind: 'match', matched } : undefined;
  }
  const chosen = named.flatMap((input, index) => (input.checked ? [index] : []));
  return chosen.length === 0 ? undefined : { kind: question.kind, chosen };
}
