// One question as the reader meets it: answered, checked, with feedback on every option, tried again if wrong.
// Rendered at build time as plain HTML (answers in <details>) and again, alive, by mount.tsx. Knows no storage.
import { useRef } from 'preact/hooks';
import type {
  ChoiceQuestion,
  NumberQuestion,
  OrderQuestion,
  Question as QuestionData,
  Remark,
} from '../../grading/quiz.ts';
import { Answers } from './Answers.tsx';
import { again, check, choose, move, type QuestionState } from './state.ts';

interface Props<Q extends QuestionData = QuestionData> {
  readonly question: Q;
  readonly number: number;
  /** Left out at build time. */
  readonly state?: QuestionState | undefined;
}

export function Question({ question, number, state }: Props) {
  const outcome = useRef<HTMLParagraphElement>(null);
  const verdict = state?.verdict.value ?? null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (state === undefined) return;
    if (verdict === null) {
      if (check(state)) requestAnimationFrame(() => outcome.current?.focus({ preventScroll: true }));
    } else if (!verdict.right) {
      const form = event.currentTarget instanceof HTMLFormElement ? event.currentTarget : null;
      again(state);
      requestAnimationFrame(() =>
        form?.querySelector<HTMLElement>('input:not(:disabled), .items button:not(:disabled)')?.focus(),
      );
    }
  };
  return (
    <form class="asking question" id={`q-${question.id}`} onSubmit={submit} noValidate>
      <fieldset>
        <legend>
          <span class="kicker">
            Question {number}
            {hint(question)}
          </span>
          <span {...html(question.ask)} />
        </legend>
        {question.kind === 'number' && (
          <NumberField key={state?.attempt.value ?? 1} question={question} number={number} state={state} />
        )}
        {question.kind === 'order' && <Items question={question} number={number} state={state} />}
        {(question.kind === 'one' || question.kind === 'many') && (
          <Options question={question} number={number} state={state} />
        )}
      </fieldset>
      <p class="row needs-js">
        {verdict === null && (
          <button type="submit" class="go">
            Check
          </button>
        )}
        {verdict?.right === false && <button type="submit">Try again</button>}
        <span
          ref={outcome}
          tabIndex={-1}
          role="status"
          class={verdict === null ? '' : verdict.right ? 'ok' : 'wrong'}
        >
          {verdict === null
            ? state?.note.value
            : verdict.right
              ? '✓ Right.'
              : '✗ Not yet. What was said of each answer is beside it.'}
        </span>
      </p>
      {state === undefined && <Answers question={question} />}
    </form>
  );
}

function hint(question: QuestionData): string {
  if (question.kind === 'many') return ' · choose all that hold';
  return question.kind === 'order' ? ' · put in order' : '';
}

function Options({ question, state }: Props<ChoiceQuestion>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const chosen = answer !== undefined && 'chosen' in answer ? answer.chosen : [];
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    const index = Number(event.key) - 1;
    if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.form?.requestSubmit();
    } else if (
      state !== undefined &&
      question.options[index] !== undefined &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.preventDefault();
      event.currentTarget.form?.querySelectorAll<HTMLInputElement>('.option > input')[index]?.focus();
      choose(state, index);
    }
  };
  return (
    <div class="options">
      {question.options.map((option, index) => (
        <div
          key={option.text}
          class={verdict === null ? 'choice' : option.right ? 'choice holds' : 'choice fails'}
        >
          <label class="option">
            <input
              type={question.kind === 'one' ? 'radio' : 'checkbox'}
              name={`q-${question.id}`}
              value={index}
              checked={chosen.includes(index)}
              disabled={verdict !== null}
              onInput={() => state !== undefined && choose(state, index)}
              onKeyDown={onKeyDown}
            />
            <span class="key" aria-hidden="true">
              {index + 1}
            </span>
            <span {...html(option.text)} />
          </label>
          {verdict !== null && (
            <Said
              remark={verdict.remarks[index]}
              word={option.right ? 'holds' : 'does not hold'}
              mark={option.right}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function NumberField({ question, state }: Props<NumberQuestion>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const value = answer?.kind === 'number' ? answer.value : null;
  const type = (text: string) => {
    const plain = text.trim().replaceAll(/[,\s_]/g, '');
    const typed = plain === '' ? Number.NaN : Number(plain);
    if (state !== undefined)
      state.answer.value = { kind: 'number', value: Number.isFinite(typed) ? typed : null };
  };
  return (
    <>
      <p class="typed">
        <label for={`n-${question.id}`}>Your number</label>
        <input
          id={`n-${question.id}`}
          name={`q-${question.id}`}
          inputMode="decimal"
          autocomplete="off"
          disabled={verdict !== null}
          {...(verdict !== null && value !== null ? { value: value.toLocaleString('en-US') } : {})}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <span>{question.unit}</span>
      </p>
      {verdict !== null && (
        <Said remark={verdict.remarks[0]} word={verdict.right ? 'right' : 'not yet'} mark={verdict.right} />
      )}
    </>
  );
}

function Items({ question, state }: Props<OrderQuestion>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const order = answer?.kind === 'order' ? answer.order : question.shown;
  const shift = (event: MouseEvent, place: number, by: -1 | 1) => {
    if (state === undefined) return;
    const list = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('ol') : null;
    move(state, place, by);
    requestAnimationFrame(() => {
      const buttons = list?.children[place + by]?.querySelectorAll<HTMLButtonElement>('button');
      const same = buttons?.[by === -1 ? 0 : 1];
      (same?.disabled === true ? buttons?.[by === -1 ? 1 : 0] : same)?.focus();
    });
  };
  return (
    <ol class="items">
      {order.map((item, place) => {
        const text = question.items[item]?.text ?? '';
        const remark = verdict?.remarks[place];
        return (
          <li
            key={item}
            class={remark === undefined ? 'choice' : remark.right ? 'choice holds' : 'choice fails'}
          >
            <span class="option">
              <span {...html(text)} />
              {verdict === null && (
                <span class="moves needs-js">
                  <button
                    type="button"
                    disabled={place === 0}
                    onClick={(event) => shift(event, place, -1)}
                    aria-label={`Move up: ${bare(text)}`}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    disabled={place === order.length - 1}
                    onClick={(event) => shift(event, place, 1)}
                    aria-label={`Move down: ${bare(text)}`}
                  >
                    ↓
                  </button>
                </span>
              )}
            </span>
            {remark !== undefined && (
              <Said
                remark={remark}
                word={remark.right ? 'in its place' : `belongs at ${item + 1}`}
                mark={remark.right}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Said({
  remark,
  word,
  mark,
}: {
  readonly remark: Remark | undefined;
  readonly word: string;
  readonly mark: boolean;
}) {
  if (remark === undefined) return null;
  return (
    <p class="said">
      <b class={mark ? 'ok' : 'wrong'}>{mark ? `✓ ${word}` : `✗ ${word}`}</b>{' '}
      <span {...html(remark.feedback)} />
    </p>
  );
}

function bare(text: string): string {
  return text.replaceAll(/<[^>]+>/g, '');
}

/** Texts come from the build as HTML. */
function html(text: string) {
  return { dangerouslySetInnerHTML: { __html: text } };
}
