// A prediction as the reader meets it: asked, locked, then beside run and theory. Rendered at build time as plain
// HTML (with the answers in <details>) and again, alive, by mount.tsx. Knows no storage.
import type { Signal } from '@preact/signals';
import {
  compare,
  type Prediction as PredictionData,
  type PredictionPart,
  type Said,
  unsaid,
} from '../../grading/predict.ts';

export interface PredictionState {
  readonly said: Signal<Said>;
  readonly locked: Signal<boolean>;
  readonly note: Signal<string>;
}
interface Props {
  readonly prediction: PredictionData;
  /** Left out at build time. */
  readonly state?: PredictionState | undefined;
}

export function Prediction({ prediction, state }: Props) {
  const locked = state?.locked.value === true;
  return (
    <form class="asking" onSubmit={(event) => lock(event, prediction, state)} noValidate>
      <p class="kicker">Predict, then run</p>
      <p class="ask" {...html(prediction.ask)} />
      {prediction.parts.map((part) => (
        <Part key={part.id} prediction={prediction} part={part} state={state} />
      ))}
      {!locked && (
        <p class="row needs-js">
          <button type="submit" class="go">
            Lock my prediction
          </button>
          <span role="status">{state?.note.value}</span>
        </p>
      )}
      {state === undefined && (
        <details class="no-js">
          <summary>What the run said</summary>
          <Rows prediction={prediction} said={undefined} />
        </details>
      )}
      {locked && (
        <div class="outcome" tabIndex={-1}>
          <Rows prediction={prediction} said={state.said.value} />
        </div>
      )}
    </form>
  );
}

function Part({ prediction, part, state }: Props & { readonly part: PredictionPart }) {
  const name = `${prediction.id}-${part.id}`;
  const locked = state?.locked.value === true;
  const said = state?.said.value[part.id];
  const say = (value: number) => {
    if (state !== undefined) state.said.value = { ...state.said.value, [part.id]: value };
  };
  if (part.kind === 'number') {
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
          {...(locked ? { value: (said ?? 0).toLocaleString('en-US') } : {})}
          onInput={(event) => say(toNumber(event.currentTarget.value))}
        />
        <span>{part.unit}</span>
      </p>
    );
  }
  return (
    <fieldset disabled={locked} onKeyDown={(event) => chooseByKey(event, part.options.length, say)}>
      <legend {...html(part.ask)} />
      {part.options.map((option, index) => (
        <label key={option} class="option">
          <input type="radio" name={name} value={index} checked={said === index} onInput={() => say(index)} />
          <span class="key" aria-hidden="true">
            {index + 1}
          </span>
          <span {...html(option)} />
        </label>
      ))}
    </fieldset>
  );
}

/** You, this run, theory: one row a part. */
export function Rows({
  prediction,
  said,
}: {
  readonly prediction: PredictionData;
  readonly said: Said | undefined;
}) {
  const rows = compare(prediction, said ?? {});
  return (
    <>
      {rows.map(({ part, you, close, how }) => (
        <section key={part.id}>
          <p class="cmp-ask" {...html(part.ask)} />
          <dl class={said === undefined ? 'cmp two' : 'cmp'}>
            {said !== undefined && (
              <div>
                <dt>you</dt>
                <dd {...html(you)} />
                <dd class={close ? 'how ok' : 'how'}>{close ? `✓ ${how}` : how}</dd>
              </div>
            )}
            <div>
              <dt>this run, seed {prediction.seed}</dt>
              <dd {...html(part.run)} />
            </div>
            <div>
              <dt {...html(`theory: ${part.theory.label}`)} />
              <dd {...html(part.theory.text)} />
            </div>
          </dl>
        </section>
      ))}
      <p {...html(prediction.why)} />
    </>
  );
}

function lock(event: Event, prediction: PredictionData, state: PredictionState | undefined): void {
  event.preventDefault();
  if (state === undefined) return;
  const left = unsaid(prediction, state.said.value);
  if (left.length > 0) {
    state.note.value =
      left.length === prediction.parts.length ? 'Say what you expect first.' : 'One part is still open.';
    return;
  }
  state.locked.value = true;
}

function chooseByKey(
  event: KeyboardEvent & { readonly currentTarget: HTMLElement },
  count: number,
  say: (index: number) => void,
) {
  const index = Number(event.key) - 1;
  if (
    !Number.isInteger(index) ||
    index < 0 ||
    index >= count ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  event.preventDefault();
  event.currentTarget.querySelectorAll('input')[index]?.focus();
  say(index);
}

/** 1,200 and 1200 and 12.5; NaN for no number. */
function toNumber(text: string): number {
  const plain = text.trim().replaceAll(/[,\s_]/g, '');
  return plain === '' ? Number.NaN : Number(plain);
}

/** Texts come from the build as HTML. */
function html(text: string) {
  return { dangerouslySetInnerHTML: { __html: text } };
}
