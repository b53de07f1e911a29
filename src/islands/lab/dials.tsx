// The Dials tool: what the programs let one turn while they run (traffic, work, rules), as sliders and choices. Turning
// one types a line of JSON to the program, so it is an action like any other: on the strip, in a link, in a replay.
// Opened by tools.tsx.
import { useState } from 'preact/hooks';
import type { Dial } from '../page-data.ts';
import type { LabStore } from './lab-store.ts';
import type { ToolProps } from './tools.tsx';
import { dialValues } from './words.ts';

export function Dials({ store }: ToolProps) {
  store.pulse.value;
  const { status } = store.session;
  const isReady = status === 'running' || status === 'paused' || status === 'ended';
  const { dials } = store.data;
  return (
    <div class="ck-dials">
      {dials.length === 0 ? <p class="ck-soft">The programs of this lab have nothing to turn.</p> : null}
      {dials.map((dial) => (
        <DialRow key={`${dial.machine} ${dial.field}`} dial={dial} store={store} isReady={isReady} />
      ))}
      <p class="ck-soft">
        {isReady ? '' : 'Press Run first. '}Requests leave on a clock, by chance around the rate, however slow
        the answers are. What you turn is kept on the strip, and a replay turns it again.
      </p>
    </div>
  );
}

/** What the program was last told, up to now; its start if nothing. */
function currentValue(store: LabStore, dial: Dial): string | number {
  const { actions } = store.session.model;
  for (let index = actions.length - 1; index >= 0; index -= 1) {
    const action = actions[index];
    if (action?.do !== 'input' || action.machine !== dial.machine) continue;
    const value = dialValues(action.text)?.[dial.field];
    if (value !== undefined) return value;
  }
  return dial.start;
}

interface RowProps {
  readonly dial: Dial;
  readonly store: LabStore;
  readonly isReady: boolean;
}

function DialRow({ dial, store, isReady }: RowProps) {
  const value = currentValue(store, dial);
  const id = `ck-dial-${dial.machine}-${dial.field}`;
  const turn = (next: string | number): void => {
    if (!isReady || next === value) return;
    store.act({ do: 'input', machine: dial.machine, text: `${JSON.stringify({ [dial.field]: next })}\n` });
  };
  return (
    <div class="ck-dial">
      <label for={id}>{dial.label}</label>
      {'options' in dial ? (
        <select
          id={id}
          value={String(value)}
          disabled={!isReady}
          onChange={(event) => turn(event.currentTarget.value)}
        >
          {dial.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <Slider id={id} dial={dial} value={Number(value)} isReady={isReady} turn={turn} />
      )}
    </div>
  );
}

/**
 * Shows the number while it is dragged; turns the dial when it is let go. By keys Firefox tells of no change before the
 * focus goes, and of none at all in a window behind others: so the key that is let go tells.
 */
function Slider(props: {
  id: string;
  dial: Extract<Dial, { readonly from: number }>;
  value: number;
  isReady: boolean;
  turn: (value: number) => void;
}) {
  const { id, dial, value, isReady, turn } = props;
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? value;
  const letGo = (): void => {
    if (dragged === null) return;
    turn(dragged);
    setDragged(null);
  };
  return (
    <>
      <input
        id={id}
        type="range"
        min={dial.from}
        max={dial.to}
        step={dial.step}
        value={shown}
        disabled={!isReady}
        aria-valuetext={`${shown} ${dial.unit}`.trim()}
        onInput={(event) => setDragged(event.currentTarget.valueAsNumber)}
        onChange={(event) => {
          turn(event.currentTarget.valueAsNumber);
          setDragged(null);
        }}
        onKeyUp={letGo}
      />
      <output for={id}>
        {shown} {dial.unit}
      </output>
    </>
  );
}
