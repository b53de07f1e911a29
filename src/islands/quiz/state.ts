// The moving parts of a quiz: answers, what was checked, what is locked because it was right. No page, no storage.
// Every change goes through one of its functions. Used by the components beside it and by mount.tsx.
import { type Signal, signal } from '@preact/signals';
import { draw, firstSeed, nextSeed } from '../../grading/draw.ts';
import {
  type Answer,
  emptyAnswer,
  judge,
  missing,
  type Question,
  type Quiz,
  retry,
  type Verdict,
} from '../../grading/quiz.ts';

/** What the fields of a question show and change; there are pages on which nothing is ever checked. */
export interface AnswerState {
  readonly answer: Signal<Answer>;
  /** What was said of the last answer checked; null before that and after 'Try again'. */
  readonly verdict: Signal<Verdict | null>;
}
export interface QuestionState extends AnswerState {
  /** Another one with other numbers takes its place where it has parameters. */
  readonly question: Signal<Question>;
  readonly seed: Signal<number>;
  readonly note: Signal<string>;
  /** Counts the tries, from 1. */
  readonly attempt: Signal<number>;
}

export function questionStates(quiz: Quiz): QuestionState[] {
  return quiz.questions.map((question) => ({
    question: signal(question),
    seed: signal(firstSeed),
    answer: signal(emptyAnswer(question)),
    verdict: signal<Verdict | null>(null),
    note: signal(''),
    attempt: signal(1),
  }));
}

/** Judges the answer, or says what is missing. True when there is a verdict. */
export function check(state: QuestionState): boolean {
  const lacking = missing(state.question.value, state.answer.value);
  state.note.value = lacking ?? '';
  if (lacking !== null) return false;
  state.verdict.value = judge(state.question.value, state.answer.value);
  return true;
}

/** Another try; what was right stays. */
export function again(state: QuestionState): void {
  begin(state, retry(state.question.value, state.answer.value));
}

/** Asks with the numbers of `seed`, from the start. Without parameters nothing happens. */
export function drawAgain(state: QuestionState, seed?: number): void {
  const { value } = state.question;
  if (value.kind !== 'number' || value.template === undefined) return;
  state.seed.value = seed ?? nextSeed(value.template, state.seed.value);
  state.question.value = draw(value.template, state.seed.value);
  begin(state, emptyAnswer(state.question.value));
}

function begin(state: QuestionState, answer: Answer): void {
  state.answer.value = answer;
  state.verdict.value = null;
  state.note.value = '';
  state.attempt.value += 1;
}

/** Chooses option or line `index`, or takes it back where several may be chosen. */
export function choose(state: AnswerState, index: number): void {
  const answer = state.answer.value;
  if (state.verdict.value !== null || !('chosen' in answer)) return;
  if (answer.kind !== 'many') {
    state.answer.value = { kind: answer.kind, chosen: [index] };
    return;
  }
  const without = answer.chosen.filter((each) => each !== index);
  const chosen = without.length < answer.chosen.length ? without : [...without, index].sort((a, b) => a - b);
  state.answer.value = { kind: 'many', chosen };
}

/** Gives pair `index` the choice `choice`; -1 takes it away. */
export function matchWith(state: AnswerState, index: number, choice: number): void {
  const answer = state.answer.value;
  if (state.verdict.value !== null || answer.kind !== 'match') return;
  state.answer.value = { kind: 'match', matched: answer.matched.with(index, choice) };
}

/** Moves the item at `place` up (-1) or down (1). */
export function move(state: AnswerState, place: number, by: -1 | 1): void {
  const answer = state.answer.value;
  if (state.verdict.value !== null || answer.kind !== 'order') return;
  const order = [...answer.order];
  const [item] = order.splice(place, 1);
  if (item === undefined || place + by < 0 || place + by > order.length) return;
  order.splice(place + by, 0, item);
  state.answer.value = { kind: 'order', order };
}

/** Questions whose last answer was checked and wrong. */
export function wrongOf(states: readonly QuestionState[]): QuestionState[] {
  return states.filter((state) => state.verdict.value?.right === false);
}

/** '3 of 5 right', or '' before anything was checked. */
export function tally(states: readonly QuestionState[]): string {
  const checked = states.filter((state) => state.verdict.value !== null);
  const right = checked.filter((state) => state.verdict.value?.right === true).length;
  if (checked.length === 0) return '';
  const open = states.length - checked.length;
  return `${right} of ${states.length} right${open > 0 ? `, ${open} open` : ''}`;
}
