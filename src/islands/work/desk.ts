// The moving parts of an open assignment: one question's answer as a signal that is saved as it changes and follows what
// another tab writes, and a pulse by which counts and summaries look again. No page. Made by page.tsx and question.tsx.
import { effect, type Signal, signal } from '@preact/signals';
import { emptyAsked } from '../../grading/asked.ts';
import type { Answer, Verdict } from '../../grading/quiz.ts';
import type { Assignment } from '../../teaching/assignment.ts';
import { same } from '../progress/merge.ts';
import type { Progress } from '../progress/progress.ts';
import { keyOf } from '../progress/records.ts';
import type { AnswerState } from '../quiz/state.ts';
import type { Content, WorkItem, WorkQuestion } from './items.ts';
import { keep, shownAnswer, takeBack, type } from './store.ts';

/** One open assignment, for one student. */
export interface Desk {
  readonly progress: Progress;
  readonly assignment: Assignment;
  readonly content: Content;
  readonly student: string;
  readonly items: readonly WorkItem[];
  /** Counts changes of what is kept; read it to be drawn again. */
  readonly pulse: Signal<number>;
  /** Draws all of the page again: the student's code was changed. */
  readonly look: () => void;
}

export class QuestionDesk implements AnswerState {
  readonly answer: Signal<Answer>;
  /** Nothing is judged here. */
  readonly verdict: Signal<Verdict | null> = signal(null);
  /** What was missing when the reader last kept an answer. */
  readonly note = signal('');
  /** Counts answers that came from elsewhere: fields begin anew. */
  readonly replaced = signal(0);
  readonly #desk: Desk;
  readonly #question: WorkQuestion;
  readonly #empty: Answer;

  constructor(desk: Desk, question: WorkQuestion) {
    this.#desk = desk;
    this.#question = question;
    this.#empty = emptyAsked(question.question);
    this.answer = signal(shownAnswer(desk.progress, question) ?? this.#empty);
  }

  keep(): void {
    const { progress, assignment, pulse } = this.#desk;
    this.note.value = keep(progress, this.#question, this.answer.peek(), assignment.triesMax);
    pulse.value += 1;
  }

  takeBack(): void {
    takeBack(this.#desk.progress, this.#question.record);
    this.#desk.pulse.value += 1;
  }

  /** Saves what is typed and takes over what another tab types. Gives what ends both. */
  follow(): () => void {
    const { progress, pulse } = this.#desk;
    const { record } = this.#question;
    const saving = effect(() => {
      const answer = this.answer.value;
      type(progress, record, answer, same(answer, this.#empty));
      this.note.value = '';
      pulse.value = pulse.peek() + 1;
    });
    const following = progress.onChange((keys) => {
      if (!keys.includes(keyOf('tried', record))) return;
      const next = shownAnswer(progress, this.#question) ?? this.#empty;
      if (same(next, this.answer.peek())) return;
      this.answer.value = next;
      this.replaced.value += 1;
    });
    return () => {
      saving();
      following();
    };
  }
}
