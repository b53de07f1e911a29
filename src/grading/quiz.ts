// Questions, answers and what they earn. Pure: no page, no storage, no clock. Texts are ready-made HTML from the build.
// A new kind is one more member of Question and Answer and one more judge. Called by islands/quiz and build/quiz-file.
import type { Template } from './draw.ts';
import { accepts, normalised } from './short-text.ts';

interface Asked {
  readonly id: string;
  readonly ask: string;
}
export interface Option {
  readonly text: string;
  readonly right: boolean;
  readonly feedback: string;
}
/** Lines of a trace that a question is about: one row a packet. */
export interface Exhibit {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
export interface ChoiceQuestion extends Asked {
  readonly kind: 'one' | 'many';
  readonly options: readonly Option[];
  readonly exhibit?: Exhibit;
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
  /** What other numbers are put into, where there are parameters. */
  readonly template?: Template;
}
export interface OrderQuestion extends Asked {
  readonly kind: 'order';
  /** In the right order. */
  readonly items: readonly { readonly text: string; readonly feedback: string }[];
  /** The order in which they are first shown: indices of `items`. */
  readonly shown: readonly number[];
}
export interface MatchQuestion extends Asked {
  readonly kind: 'match';
  /** `right` is an index of `choices`. */
  readonly pairs: readonly { readonly left: string; readonly right: number; readonly feedback: string }[];
  /** In the order shown. `feedback` is there for a choice that belongs to no pair. */
  readonly choices: readonly { readonly text: string; readonly feedback?: string }[];
}
export interface TextQuestion extends Asked {
  readonly kind: 'text';
  /** As it is shown afterwards. */
  readonly answer: string;
  /** Patterns for the whole normalised answer. */
  readonly accept: readonly string[];
  readonly right: string;
  readonly wrong: string;
  readonly mistakes: readonly {
    readonly pattern: string;
    readonly example: string;
    readonly feedback: string;
  }[];
}
export interface LineQuestion extends Asked {
  readonly kind: 'line';
  readonly caption: string;
  readonly source: 'code' | 'trace';
  /** `no` is what the reader can type to choose the line. `feedback` is '' where `otherwise` says all there is. */
  readonly lines: readonly (Option & { readonly no: number })[];
  readonly otherwise: string;
}
export type Question =
  | ChoiceQuestion
  | NumberQuestion
  | OrderQuestion
  | MatchQuestion
  | TextQuestion
  | LineQuestion;

export interface Quiz {
  readonly chapter: string;
  readonly title: string;
  readonly questions: readonly Question[];
  /** Where 'this question is wrong' leads: an address for new reports, or null where there is none. */
  readonly corrections: string | null;
}

/** Indices of options or lines chosen; the number or words typed; items in the reader's order; a choice for each pair. */
export type Answer =
  | { readonly kind: 'one' | 'many' | 'line'; readonly chosen: readonly number[] }
  | { readonly kind: 'number'; readonly value: number | null }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'order'; readonly order: readonly number[] }
  /** -1: not yet matched. */
  | { readonly kind: 'match'; readonly matched: readonly number[] };

export interface Remark {
  /** Which option, item, pair or line it is about; -1 for the answer as a whole. */
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
  if (question.kind === 'text') return { kind: 'text', value: '' };
  if (question.kind === 'order') return { kind: 'order', order: question.shown };
  if (question.kind === 'match') return { kind: 'match', matched: question.pairs.map(() => -1) };
  return { kind: question.kind, chosen: [] };
}

/** Null when the answer can be judged, else what is missing, in words. */
export function missing(question: Pick<Question, 'kind'>, answer: Answer): string | null {
  if (answer.kind !== question.kind) return 'This answer belongs to another question.';
  if (answer.kind === 'number') return answer.value === null ? 'Type a number first.' : null;
  if (answer.kind === 'text') return normalised(answer.value) === '' ? 'Type an answer first.' : null;
  if (answer.kind === 'order') return null;
  if (answer.kind === 'match') return answer.matched.includes(-1) ? 'Choose something for each first.' : null;
  if (answer.chosen.length > 0) return null;
  return answer.kind === 'line' ? 'Choose a line first.' : 'Choose an answer first.';
}

export function judge(question: Question, answer: Answer): Verdict {
  if (question.kind === 'number' && answer.kind === 'number') return judgeNumber(question, answer.value);
  if (question.kind === 'text' && answer.kind === 'text') return judgeText(question, answer.value);
  if (question.kind === 'order' && answer.kind === 'order') return judgeOrder(question, answer.order);
  if (question.kind === 'match' && answer.kind === 'match') return judgeMatch(question, answer.matched);
  if (question.kind === 'line' && answer.kind === 'line') return judgeLine(question, answer.chosen);
  if (isChoice(question) && answer.kind === question.kind && 'chosen' in answer) {
    return judgeChoice(question, answer.chosen);
  }
  return { right: false, remarks: [] };
}

export function isChoice(question: Question): question is ChoiceQuestion {
  return question.kind === 'one' || question.kind === 'many';
}

function judgeChoice(question: ChoiceQuestion, chosen: readonly number[]): Verdict {
  const remarks = question.options.map((option, index) => ({
    index,
    right: option.right === chosen.includes(index),
    feedback: option.feedback,
  }));
  return { right: remarks.every((remark) => remark.right), remarks };
}

/** One remark on the answer as a whole. */
function whole(right: boolean, feedback: string): Verdict {
  return { right, remarks: [{ index: -1, right, feedback }] };
}

function judgeNumber(question: NumberQuestion, value: number | null): Verdict {
  if (value === null || !Number.isFinite(value)) return whole(false, question.wrong);
  if (Math.abs(value - question.answer) <= question.tolerance) return whole(true, question.right);
  const mistake = question.mistakes.find((known) => value >= known.from && value <= known.to);
  return whole(false, mistake?.feedback ?? question.wrong);
}

function judgeText(question: TextQuestion, value: string): Verdict {
  if (question.accept.some((pattern) => accepts(pattern, value))) return whole(true, question.right);
  const mistake = question.mistakes.find((known) => accepts(known.pattern, value));
  return whole(false, mistake?.feedback ?? question.wrong);
}

function judgeOrder(question: OrderQuestion, order: readonly number[]): Verdict {
  const remarks = order.map((item, place) => ({
    index: item,
    right: item === place,
    feedback: question.items[item]?.feedback ?? '',
  }));
  const complete = order.length === question.items.length && new Set(order).size === order.length;
  return { right: complete && remarks.every((remark) => remark.right), remarks };
}

/** On every pair, then on every choice that belongs to none. */
function judgeMatch(question: MatchQuestion, matched: readonly number[]): Verdict {
  const pairs = question.pairs.map((pair, index) => ({
    index,
    right: matched[index] === pair.right,
    feedback: pair.feedback,
  }));
  const rest = question.choices.flatMap((choice, index) =>
    choice.feedback === undefined
      ? []
      : [
          {
            index: question.pairs.length + index,
            right: !matched.includes(index),
            feedback: choice.feedback,
          },
        ],
  );
  return { right: pairs.every((remark) => remark.right), remarks: [...pairs, ...rest] };
}

/** On the line chosen, and on every line that has something of its own to say. */
function judgeLine(question: LineQuestion, chosen: readonly number[]): Verdict {
  const picked = chosen[0];
  const remarks = question.lines.flatMap((line, index) => {
    if (line.feedback === '' && index !== picked) return [];
    const feedback = line.feedback === '' ? question.otherwise : line.feedback;
    return [{ index, right: line.right, feedback }];
  });
  const right = chosen.length === 1 && picked !== undefined && question.lines[picked]?.right === true;
  return { right, remarks };
}

/** The answer to begin again with: what was right stays, what was wrong is cleared. */
export function retry(question: Question, answer: Answer): Answer {
  if (judge(question, answer).right) return answer;
  if (question.kind === 'many' && answer.kind === 'many') {
    return { kind: 'many', chosen: answer.chosen.filter((index) => question.options[index]?.right === true) };
  }
  if (question.kind === 'match' && answer.kind === 'match') {
    const kept = question.pairs.map((pair, index) =>
      answer.matched[index] === pair.right ? pair.right : -1,
    );
    return { kind: 'match', matched: kept };
  }
  return question.kind === 'order' ? answer : emptyAnswer(question);
}

/** A fixed shuffle that depends on `seed` alone and never shows the right order. */
export function shuffled(seed: string, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.charCodeAt(0), 16777619) >>> 0;
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
