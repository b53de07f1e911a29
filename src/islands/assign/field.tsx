// A field with its label, what it is for, and what is wrong with it, tied together for screen readers. Knows nothing of
// assignments but how a complaint is said. Used by the parts of the page /assign/.
import type { ComponentChildren } from 'preact';
import type { Problem } from '../../teaching/assignment.ts';

/** What is wrong in a field, `late.0.percent`, or anywhere in it; '' while nothing is. */
export type WrongAt = (at: string, inside?: boolean) => string;

export function sentence({ complaint: { expected, found, fix } }: Problem): string {
  const todo = fix === 'correct it there.' ? '.' : `: ${fix}`;
  return `Expected ${expected}, found ${found}${todo}`;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly wrong: string;
  readonly help?: ComponentChildren;
  readonly type?: 'text' | 'datetime-local';
  readonly isNumber?: boolean;
  readonly list?: string;
}

export function Field({ id, label, value, set, wrong, help, type = 'text', isNumber, list }: FieldProps) {
  const described = [help === undefined ? '' : `${id}-help`, wrong === '' ? '' : `${id}-wrong`];
  return (
    <div class={isNumber === true ? 'field short' : 'field'}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        list={list}
        inputMode={isNumber === true ? 'decimal' : undefined}
        autocomplete="off"
        aria-invalid={wrong !== ''}
        aria-describedby={described.filter((each) => each !== '').join(' ') || undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {help !== undefined && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
      <Wrong id={`${id}-wrong`} text={wrong} />
    </div>
  );
}

export function Wrong({ id, text }: { readonly id: string; readonly text: string }) {
  return text === '' ? null : (
    <p id={id} class="wrong">
      {text}
    </p>
  );
}
