// A prediction as the reader meets it: asked, locked, then beside run and theory. Rendered at build time as plain
// HTML (with the answers in <details>) and again, alive, by mount.tsx. Knows no storage.
import type { Signal } from '@preact/signals';
import type { Own, Standing } from '../../grading/own-run.ts';
import { type Again, type Prediction as PredictionData, type Said, unsaid } from '../../grading/predict.ts';
import { html } from '../quiz/Said.tsx';
import { Part } from './Parts.tsx';
import { Rows } from './Rows.tsx';

export interface PredictionState {
  readonly said: Signal<Said>;
  readonly locked: Signal<boolean>;
  readonly note: Signal<string>;
  /** How the reader's own run in the lab stands to the recorded one. */
  readonly standing: Signal<Standing>;
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
        <Part
          key={part.id}
          name={`${prediction.id}-${part.id}`}
          part={part}
          said={state?.said.value[part.id]}
          locked={locked}
          say={
            state === undefined
              ? undefined
              : (value) => {
                  state.said.value = { ...state.said.peek(), [part.id]: value };
                }
          }
        />
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
          <Rows prediction={prediction} said={state.said.value} own={ownOf(state.standing.value)} />
          <OwnHint again={prediction.again} standing={state.standing.value} />
        </div>
      )}
    </form>
  );
}

function ownOf(standing: Standing): Own | undefined {
  return standing.is === 'whole' ? standing.own : undefined;
}

/** How a run of the reader's own comes to stand here, too. */
function OwnHint({ again, standing }: { readonly again: Again | undefined; readonly standing: Standing }) {
  if (again === undefined || standing.is === 'whole') return null;
  if (standing.is === 'underWay')
    return (
      <p class="own-hint">Your own run will stand here when it has come to second {standing.untilSeconds}.</p>
    );
  const [first] = again.actions;
  return (
    <p class="own-hint">
      Do the same in the <a href="#lab">lab</a>:{' '}
      {first === undefined
        ? 'press Run, touch nothing,'
        : `press Run, ${again.deeds.join(', ')} at about second ${Math.round(first.atNs / 1e9)},`}{' '}
      and let it go on to second {Math.ceil(again.untilNs / 1e9)}. Your own run will stand here, too.
    </p>
  );
}

function lock(event: Event, prediction: PredictionData, state: PredictionState | undefined): void {
  event.preventDefault();
  if (state === undefined) return;
  const left = unsaid(prediction, state.said.value).length;
  const open = left === 1 ? 'One part is still open.' : `${left} parts are still open.`;
  state.note.value = left === 0 ? '' : left === prediction.parts.length ? 'Say what you expect first.' : open;
  if (left === 0) state.locked.value = true;
}
