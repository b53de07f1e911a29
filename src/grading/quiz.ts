// Questions, answers and what they earn. Pure: no page, no storage, no clock. Texts are ready-made HTML from the build.
// A new kind is one more member of Question and Answer and one more judge. Called by islands/quiz and build/quiz-file.

interface Asked {
  readonly id: string;
  readonly ask: string;
}
export interface Option {
  readonly text: string;
  readonly right: boolean;
  readonly feedback: string;
}
export interface ChoiceQuestion extends Asked {
  readonly kind: 'one' | 'many';
  readonly options: readonly Option[];
}
export interface NumberQuestion extends Asked {
  readonly kind: 'number';
  readonly answer: number;
  /** Absolute; an answer this far off still counts. */
  readonly tolerance: number;
  readonly unit: string;
  readonly right: string;
  readonly wrong: string;
  readonly mistakes: readonly { readonly from: number; readonly to: number; readonly feedback: string }[];
}
export interface OrderQuestion extends Asked {
  readonly kind: 'order';
  /** In the right order. */
  readonly items: readonly { readonly text: string; readonly feedback: string }[];
  /** The order in which they are first shown: indices of `items`. */
  readonly shown: readonly number[];
}
export type Question = ChoiceQuestion | NumberQuestion | OrderQuestion;

export interface Quiz {
  readonly chapter: string;
  readonly title: string;
  readonly questions: readonly Question[];
}

/** Indices of the options chosen; or the number typed; or indices of items in the reader's order. */
export type Answer =
  | { readonly kind: 'one' | 'many'; readonly chosen: readonly number[] }
  | { readonly kind: 'number'; readonly value: number | null }
  | { readonly kind: 'order'; readonly order: readonly number[] };

export interface Remark {
  /** Which option or item it is about; -1 for the answer as a whole. */
  readonly index: number;
  /** Whether the reader did right here: chose what is right or left what is wrong. */
  readonly right: boolean;
  readonly feedback: string;
}
export interface Verdict {
  readonly right: boolean;
  /** Something to say on every option or item, in the order shown. */
  readonly remarks: readonly Remark[];
}

/** What a question starts with. */
export function emptyAnswer(question: Question): Answer {
  if (question.kind === 'number') return { kind: 'number', value: null };
  if (question.kind === 'order') return { kind: 'order', order: question.shown };
  return { kind: question.kind, chosen: [] };
}

/** Null when the answer can be judged, else what is missing, in words. */
export function missing(question: Question, answer: Answer): string | null {
  if (answer.kind !== question.kind) return 'This answer belongs to another question.';
  if (answer.kind === 'number') return answer.value === null ? 'Type a number first.' : null;
  if (answer.kind === 'order') return null;
  return answer.chosen.length === 0 ? 'Choose an answer first.' : null;
}

export function judge(question: Question, answer: Answer): Verdict {
  if (question.kind === 'number' && answer.kind === 'number') return judgeNumber(question, answer.value);
  if (question.kind === 'order' && answer.kind === 'order') return judgeOrder(question, answer.order);
  if (question.kind !== 'number' && question.kind !== 'order' && 'chosen' in answer) {
    return judgeChoice(question, answer.chosen);
  }
  return { right: false, remarks: [] };
}

function judgeChoice(question: ChoiceQuestion, chosen: readonly number[]): Verdict {
  const remarks = question.options.map((option, index) => ({
    index,
    right: option.right === chosen.includes(index),
    feedback: option.feedback,
  }));
  return { right: remarks.every((remark) => remark.right), remarks };
}

function judgeNumber(question: NumberQuestion, value: number | null): Verdict {
  if (value === null || !Number.isFinite(value)) {
    return { right: false, remarks: [{ index: -1, right: false, feedback: question.wrong }] };
  }
  const right = Math.abs(value - question.answer) <= question.tolerance;
  const mistake = question.mistakes.find((known) => value >= known.from && value <= known.to);
  const feedback = right ? question.right : (mistake?.feedback ?? question.wrong);
  return { right, remarks: [{ index: -1, right, feedback }] };
}

function judgeOrder(question: OrderQuestion, order: readonly number[]): Verdict {
  const remarks = order.map((item, place) => ({
    index: item,
    right: item === place,
    feedback: question.items[item]?.feedback ?? '',
  }));
  const whole = order.length === question.items.length && new Set(order).size === order.length;
  return { right: whole && remarks.every((remark) => remark.right), remarks };
}

/** The answer to begin again with: what was right stays, what was wrong is cleared. */
export function retry(question: Question, answer: Answer): Answer {
  if (judge(question, answer).right) return answer;
  if (question.kind === 'many' && answer.kind === 'many') {
    return { kind: 'many', chosen: answer.chosen.filter((index) => question.options[index]?.right === true) };
  }
  return question.kind === 'order' ? answer : emptyAnswer(question);
}

/** A fixed shuffle that depends on `id` alone and never shows the right order. */
export function shuffled(id: string, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = 2166136261;
  for (const letter of id) state = Math.imul(state ^ letter.charCodeAt(0), 16777619) >>> 0;
  for (let index = count - 1; index > 0; index--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    const moved = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = moved;
  }
  if (order.every((item, place) => item === place)) order.push(order.shift() ?? 0);
  return order;
}
