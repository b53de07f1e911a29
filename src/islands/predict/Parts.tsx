// The parts of a prediction, as they are asked: an option, a number, an order, a curve. Called by Prediction.tsx.
// Keeps nothing: what is said goes to the state that the prediction holds.
import type { ChoicePart, NumberPart, OrderPart, PredictionPart, SaidPart } from '../../grading/predict.ts';
import { numberIn } from '../quiz/Fields.tsx';
import { focusMoved, Moves } from '../quiz/Items.tsx';
import { digitOf, html } from '../quiz/Said.tsx';
import { Curve } from './Curve.tsx';

interface Props<P extends PredictionPart = PredictionPart> {
  readonly name: string;
  readonly part: P;
  readonly said: SaidPart | undefined;
  readonly locked: boolean;
  /** Left out at build time. */
  readonly say?: ((value: SaidPart) => void) | undefined;
}

export function Part(props: Props) {
  const { name, part, said, locked, say } = props;
  if (part.kind === 'number') return <NumberAsked {...props} part={part} />;
  if (part.kind === 'choice') return <Choice {...props} part={part} />;
  if (part.kind === 'order') return <Order {...props} part={part} />;
  const drawn = typeof said === 'number' ? undefined : said;
  // Once locked, its own picture stands below, with run and theory in it.
  return locked ? null : <Curve name={name} part={part} drawn={drawn} say={say} />;
}

function NumberAsked({ name, part, said, locked, say }: Props<NumberPart>) {
  const value = typeof said === 'number' ? said : 0;
  return (
    <p class="typed">
      <label for={name}>
        <span {...html(part.ask)} />
      </label>
      <input
        id={name}
        name={name}
        inputMode="decimal"
        autocomplete="off"
        disabled={locked}
        {...(locked ? { value: value.toLocaleString('en-US') } : {})}
        onInput={(event) => say?.(numberIn(event.currentTarget.value) ?? Number.NaN)}
      />
      <span>{part.unit}</span>
    </p>
  );
}

function Choice({ name, part, said, locked, say }: Props<ChoicePart>) {
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }) => {
    const index = digitOf(event);
    if (part.options[index] === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('input')[index]?.focus();
    say?.(index);
  };
  return (
    <fieldset disabled={locked} onKeyDown={onKeyDown}>
      <legend {...html(part.ask)} />
      {part.options.map((option, index) => (
        <label key={option} class="option">
          <input
            type="radio"
            name={name}
            value={index}
            checked={said === index}
            onInput={() => say?.(index)}
          />
          <span class="key" aria-hidden="true">
            {index + 1}
          </span>
          <span {...html(option)} />
        </label>
      ))}
    </fieldset>
  );
}

function Order({ part, said, locked, say }: Props<OrderPart>) {
  const order = said === undefined || typeof said === 'number' ? part.shown : said;
  const shift = (event: MouseEvent, place: number, by: -1 | 1) => {
    const [a, b] = [order[place], order[place + by]];
    if (a === undefined || b === undefined) return;
    const list = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('ol') : null;
    say?.(order.with(place, b).with(place + by, a));
    requestAnimationFrame(() => focusMoved(list, place + by, by));
  };
  return (
    <fieldset>
      <legend {...html(part.ask)} />
      <ol class="items">
        {order.map((item, place) => {
          const text = part.items[item] ?? '';
          return (
            <li key={item} class="choice">
              <span class="option">
                <span {...html(text)} />
                {!locked && <Moves text={text} place={place} count={order.length} shift={shift} />}
              </span>
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
