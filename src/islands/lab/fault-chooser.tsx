// The faults behind 'More': a choice, its amounts, one button, and one sentence on what it is in the real world.
// An amount outside of its limits is refused in place. Used by the rows of machines.tsx and links.tsx.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Deed } from '../../datacenter/contract.ts';
import { type AmountField, type Amounts, type FaultForm, wrongAmount } from './fault-forms.ts';
import type { LabStore } from './lab-store.ts';
import { Inline } from './prose.tsx';

interface ChooserProps {
  readonly store: LabStore;
  /** Unique in the cockpit. */
  readonly id: string;
  /** Id of the row's header, which says to what it is done. */
  readonly row: string;
  readonly forms: readonly FaultForm[];
  /** Null where it cannot be done now. */
  readonly deedOf: (fault: FaultForm, amounts: Amounts) => Deed | null;
  readonly ready: boolean;
  /** What is chosen beside the fault. */
  readonly children?: ComponentChildren;
}

export function FaultChooser({ store, id, row, forms, deedOf, ready, children }: ChooserProps) {
  const [key, setKey] = useState(forms[0]?.key ?? '');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const fault = forms.find((form) => form.key === key);
  if (fault === undefined) return null;
  const place = (field: AmountField): string => `${key} ${field.name}`;
  const textOf = (field: AmountField): string => typed[place(field)] ?? String(field.start);
  const amounts: Amounts = Object.fromEntries(
    fault.amounts.map((field) => [
      field.name,
      textOf(field).trim() === '' ? Number.NaN : Number(textOf(field)),
    ]),
  );
  const wrong = wrongAmount(fault, amounts);
  const deed = ready ? deedOf(fault, amounts) : null;
  return (
    <div class="ck-chooser" id={id}>
      <div class="ck-buttons">
        <select
          aria-label="what to do"
          aria-describedby={`${row} ${id}-is`}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        >
          {forms.map((form) => (
            <option key={form.key} value={form.key}>
              {form.label}
            </option>
          ))}
        </select>
        {children}
        {fault.amounts.map((field) => (
          <Amount
            key={place(field)}
            field={field}
            row={row}
            text={textOf(field)}
            isWrong={wrong === field}
            type={(text) => setTyped({ ...typed, [place(field)]: text })}
          />
        ))}
        <button
          type="button"
          aria-describedby={`${row} ${id}-is`}
          aria-disabled={deed === null}
          onClick={() => {
            if (deed !== null) store.act(deed);
          }}
        >
          Do it
        </button>
      </div>
      {wrong === undefined ? null : (
        <p class="ck-wrong" role="status">
          {wrong.label}: a number from {wrong.min} to {wrong.max.toLocaleString('en')}
        </p>
      )}
      <p class="ck-soft" id={`${id}-is`} aria-live="polite">
        <Inline text={store.data.deeds[fault.deed] ?? ''} />
      </p>
    </div>
  );
}

function Amount(props: {
  readonly field: AmountField;
  readonly row: string;
  readonly text: string;
  readonly isWrong: boolean;
  readonly type: (text: string) => void;
}) {
  const { field, row, text, isWrong, type } = props;
  return (
    <span class="ck-joined">
      <input
        type="number"
        min={field.min}
        max={field.max}
        step="any"
        aria-label={`${field.label}, ${field.unit}`}
        aria-describedby={row}
        aria-invalid={isWrong}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <span aria-hidden="true">{field.unit}</span>
    </span>
  );
}
