// One question as the reader meets it: answered, checked, with feedback on every option, tried again if wrong.
// Rendered at build time as plain HTML and again, alive, by mount.tsx; the answers in <details> are for print and for
// pages without scripts. Knows no storage. What differs from kind to kind is in the files beside it.
import { useRef } from 'preact/hooks';
import { isChoice, type Question as QuestionData, type Quiz } from '../../grading/quiz.ts';
import { Answers } from './Answers.tsx';
import { NumberField, TextField } from './Fields.tsx';
import { Items } from './Items.tsx';
import { Lines } from './Lines.tsx';
import { Match } from './Match.tsx';
import { Exhibit, Options } from './Options.tsx';
import { Report } from './Report.tsx';
import { html } from './Said.tsx';
import { again, check, drawAgain, type QuestionState } from './state.ts';

interface Props {
  readonly quiz: Quiz;
  /** As built; where there are parameters, `state` may hold another. */
  readonly question: QuestionData;
  readonly number: number;
  /** Left out at build time. */
  readonly state?: QuestionState | undefined;
}

const first = 'input:not(:disabled), select:not(:disabled), .items button:not(:disabled)';

export function Question({ quiz, question: built, number, state }: Props) {
  const question = state?.question.value ?? built;
  const outcome = useRef<HTMLSpanElement>(null);
  const verdict = state?.verdict.value ?? null;
  const form = useRef<HTMLFormElement>(null);
  const focusFirst = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(first)?.focus());
  const submit = (event: Event) => {
    event.preventDefault();
    if (state === undefined) return;
    if (verdict === null) {
      if (check(state)) requestAnimationFrame(() => outcome.current?.focus({ preventScroll: true }));
    } else if (!verdict.right) {
      again(state);
      focusFirst();
    }
  };
  const another = () => {
    if (state === undefined) return;
    drawAgain(state);
    focusFirst();
  };
  const drawn = question.kind === 'number' && question.template !== undefined;
  const seed = drawn ? (state?.seed.value ?? 1) : null;
  return (
    <form ref={form} class="asking question" id={`q-${question.id}`} onSubmit={submit} noValidate>
      <fieldset>
        <legend>
          <span class="kicker">
            Question {number}
            {hint(question)}
          </span>
          <span {...html(question.ask)} />
        </legend>
        <Body key={`${seed} ${state?.attempt.value ?? 1}`} question={question} state={state} />
      </fieldset>
      <p class="row needs-js">
        {verdict === null && (
          <button type="submit" class="go">
            Check
          </button>
        )}
        {verdict?.right === false && <button type="submit">Try again</button>}
        {drawn && verdict !== null && (
          <button type="button" onClick={another}>
            Another one like this
          </button>
        )}
        <span
          ref={outcome}
          tabIndex={-1}
          role="status"
          class={verdict === null ? '' : verdict.right ? 'ok' : 'wrong'}
        >
          {verdict === null ? state?.note.value : said(question, verdict.right)}
        </span>
      </p>
      <Answers question={question} />
      <Report
        reported={{ chapter: quiz.chapter, question: question.id, seed, ask: question.ask }}
        address={quiz.corrections}
      />
    </form>
  );
}

/** Keyed by the try, so that a field which was cleared is a new one. */
function Body({
  question,
  state,
}: {
  readonly question: QuestionData;
  readonly state: QuestionState | undefined;
}) {
  if (question.kind === 'number') return <NumberField question={question} state={state} />;
  if (question.kind === 'text') return <TextField question={question} state={state} />;
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

export function hint(question: Pick<QuestionData, 'kind'>): string {
  const hints = {
    many: ' · choose all that hold',
    order: ' · put in order',
    match: ' · match',
    line: ' · choose a line',
  };
  return question.kind in hints ? hints[question.kind as keyof typeof hints] : '';
}

function said(question: QuestionData, right: boolean): string {
  if (right) return '✓ Right.';
  const each = isChoice(question) || question.kind === 'order' || question.kind === 'match';
  return each
    ? '✗ Not yet. What was said of each answer is beside it.'
    : '✗ Not yet. The reason is beside it.';
}
