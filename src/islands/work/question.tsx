// One question of an assignment: the fields of the quiz without any verdict. What is typed is saved at once; 'Keep this
// answer' makes it a try. Called by items-list.tsx.
import { useComputed } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { AskedQuestion } from '../../grading/asked.ts';
import type { Answer } from '../../grading/quiz.ts';
import { TRIES_MAX } from '../../teaching/assignment.ts';
import { NumberField, TextField } from '../quiz/Fields.tsx';
import { Items } from '../quiz/Items.tsx';
import { Lines } from '../quiz/Lines.tsx';
import { Match } from '../quiz/Match.tsx';
import { Exhibit, Options } from '../quiz/Options.tsx';
import { hint } from '../quiz/Question.tsx';
import { html } from '../quiz/Said.tsx';
import { type Desk, QuestionDesk } from './desk.ts';
import type { WorkQuestion } from './items.ts';
import { givenOf } from './store.ts';

interface Props {
  readonly desk: Desk;
  readonly one: WorkQuestion;
  readonly number: number;
}

/** Ids of chapters and questions hold small letters, digits and hyphens. */
export function anchorOf(name: string): string {
  return `q-${name.replaceAll(/[^a-z0-9-]+/g, '--')}`;
}

export function WorkQuestionForm({ desk, one, number }: Props) {
  const state = useMemo(() => new QuestionDesk(desk, one), [desk.progress, one.record]);
  useEffect(() => state.follow(), [state]);
  const { question } = one;
  const isFull = useComputed(() => stateOf(desk, one).left === 0).value;
  const submit = (event: Event) => {
    event.preventDefault();
    state.keep();
  };
  return (
    <form class="asking question" id={anchorOf(one.name)} onSubmit={submit} noValidate>
      <fieldset disabled={isFull}>
        <legend>
          <span class="kicker">
            Question {number}
            {hint(question)}
            {one.hasNumbers && ' · your own numbers'}
          </span>
          <span {...html(question.ask)} />
        </legend>
        <Body key={state.replaced.value} one={one} state={state} />
      </fieldset>
      <Outcome desk={desk} one={one} state={state} isFull={isFull} />
    </form>
  );
}

/** Keyed by what came from elsewhere, so that a field shows it. Its names hold the chapter: ids are unique in one only. */
function Body({ one, state }: { readonly one: WorkQuestion; readonly state: QuestionDesk }) {
  const question: AskedQuestion = { ...one.question, id: anchorOf(one.name).slice(2) };
  const start = startOf(state.answer.peek());
  if (question.kind === 'number') return <NumberField question={question} state={state} start={start} />;
  if (question.kind === 'text') return <TextField question={question} state={state} start={start} />;
  if (question.kind === 'order') return <Items question={question} state={state} />;
  if (question.kind === 'match') return <Match question={question} state={state} />;
  if (question.kind === 'line') return <Lines question={question} state={state} />;
  return (
    <>
      {question.exhibit !== undefined && <Exhibit exhibit={question.exhibit} />}
      <Options question={question} state={state} />
    </>
  );
}

function startOf(answer: Answer): string {
  if (answer.kind === 'number') return answer.value === null ? '' : String(answer.value);
  return answer.kind === 'text' ? answer.value : '';
}

interface OutcomeProps {
  readonly desk: Desk;
  readonly one: WorkQuestion;
  readonly state: QuestionDesk;
  readonly isFull: boolean;
}

function Outcome({ desk, one, state, isFull }: OutcomeProps) {
  const words = useComputed(() => stateOf(desk, one).words).value;
  return (
    <p class="row">
      {!isFull && (
        <button type="submit" aria-describedby={`${anchorOf(one.name)}-is`}>
          Keep this answer
        </button>
      )}
      {isFull && (
        <button type="button" onClick={() => state.takeBack()}>
          Take this try back
        </button>
      )}
      <span id={`${anchorOf(one.name)}-is`} role="status" class={state.note.value === '' ? 'soft' : 'wrong'}>
        {state.note.value === '' ? words : state.note.value}
      </span>
    </p>
  );
}

/** What is kept of it, in words, and how many tries are left. */
function stateOf({ progress, assignment, pulse }: Desk, one: WorkQuestion): { words: string; left: number } {
  void pulse.value;
  const { triesMax } = assignment;
  const { tries, draft } = givenOf(progress, one);
  const left = Math.max(0, triesMax - tries.length);
  const of = triesMax === TRIES_MAX ? '' : ` of ${triesMax}`;
  if (left === 0)
    return { left, words: `✓ Kept: try ${Math.min(tries.length, triesMax)}${of}, the last there is.` };
  if (draft !== null)
    return { left, words: `Saved, not kept: it is handed in as try ${tries.length + 1}${of}.` };
  if (tries.length > 0) return { left, words: `✓ Kept: try ${tries.length}${of}.` };
  const hint = one.question.kind === 'order' ? ' If it is in order as shown, keep it.' : '';
  return { left, words: `Not answered yet.${hint}` };
}
