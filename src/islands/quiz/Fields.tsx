// Questions with a field to type in: a number with its unit, or a short text. What is no number is no answer.
// Enter checks. Called by Question.tsx, and for reading numbers by kept.ts.
import type { AskedNumber, AskedText } from '../../grading/asked.ts';
import { normalisation } from '../../grading/short-text.ts';
import { type Props, Said } from './Said.tsx';

/** What is in the field before anything is typed; where it is left out, what the page has in it stays. */
interface Start {
  readonly start?: string;
}

export function NumberField({ question, state, start }: Props<AskedNumber> & Start) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const value = answer?.kind === 'number' ? answer.value : null;
  const type = (text: string) => {
    if (state !== undefined) state.answer.value = { kind: 'number', value: numberIn(text) };
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
          {...(start === undefined ? {} : { defaultValue: start })}
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

/** 1,200 and 1200 and 12.5; null for no number. */
export function numberIn(text: string): number | null {
  const plain = text.trim().replaceAll(/[,\s_]/g, '');
  const typed = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(typed) ? typed : null;
}

export function TextField({ question, state, start }: Props<AskedText> & Start) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const value = answer?.kind === 'text' ? answer.value : '';
  return (
    <>
      <p class="typed words">
        <label for={`n-${question.id}`}>Your answer</label>
        <input
          id={`n-${question.id}`}
          name={`q-${question.id}`}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={120}
          aria-describedby={`how-${question.id}`}
          disabled={verdict !== null}
          {...(start === undefined ? {} : { defaultValue: start })}
          {...(verdict !== null ? { value } : {})}
          onInput={(event) => {
            if (state !== undefined) state.answer.value = { kind: 'text', value: event.currentTarget.value };
          }}
        />
      </p>
      <p class="how-said needs-js" id={`how-${question.id}`}>
        {normalisation}
      </p>
      {verdict !== null && (
        <Said remark={verdict.remarks[0]} word={verdict.right ? 'right' : 'not yet'} mark={verdict.right} />
      )}
    </>
  );
}
