// A curve drawn by hand: with a pointer or a finger across the paper, by keys (along, up and down), or as a row of
// numbers. Keeps nothing itself: every change is said to whoever asked. Called by Parts.tsx.
import { useRef, useState } from 'preact/hooks';
import { blankCurve, type CurvePart, onPaper, stepOf, stroke } from '../../grading/predict.ts';
import { plainText } from '../../grading/report.ts';
import { numberIn } from '../quiz/Fields.tsx';
import { html } from '../quiz/Said.tsx';
import { CurveChart, pointAt } from './curve-chart.tsx';

interface Props {
  readonly name: string;
  readonly part: CurvePart;
  readonly drawn: readonly number[] | undefined;
  /** Left out at build time. */
  readonly say?: ((values: readonly number[]) => void) | undefined;
}

export function Curve({ name, part, drawn, say }: Props) {
  const values = drawn ?? blankCurve(part);
  const [cursor, moveTo] = useState<number | undefined>(undefined);
  const last = useRef<{ index: number; value: number } | null>(null);
  const draw = (event: PointerEvent & { readonly currentTarget: HTMLElement }, starts: boolean) => {
    if (say === undefined || (!starts && last.current === null)) return;
    const point = pointAt(part, event.currentTarget, event.clientX, event.clientY);
    if (point === null) return;
    say(stroke(part, values, starts ? point : (last.current ?? point), point));
    last.current = point;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || say === undefined) return;
    const at = cursor ?? part.given;
    const moved = byKey(part, values, at, event.key);
    if (moved === null) return;
    event.preventDefault();
    moveTo(moved.at);
    say(moved.values);
  };
  const at = cursor ?? part.given;
  return (
    <div class="drawing-part">
      <p id={`${name}-ask`} {...html(part.ask)} />
      <p class="how-said needs-js" id={`${name}-how`}>
        Draw across the paper with mouse or finger. By keys: → and ← move along, ↑ and ↓ change the value.
      </p>
      <div
        class="paper needs-js"
        role="slider"
        tabIndex={0}
        aria-labelledby={`${name}-ask`}
        aria-describedby={`${name}-how`}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={part.most}
        aria-valuenow={Number.isFinite(values[at]) ? values[at] : 0}
        aria-valuetext={spoken(part, values, at)}
        onKeyDown={onKeyDown}
        onFocus={() => moveTo(at)}
        onBlur={() => moveTo(undefined)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          draw(event, true);
        }}
        onPointerMove={(event) => draw(event, false)}
        onPointerUp={() => {
          last.current = null;
        }}
        onPointerCancel={() => {
          last.current = null;
        }}
      >
        <CurveChart part={part} you={values} answered={false} cursor={cursor} />
      </div>
      <Numbers name={name} part={part} values={values} say={say} />
    </div>
  );
}

/** What a key does: where the pen then is, and what is drawn. Null where it does nothing. */
export function byKey(
  part: CurvePart,
  values: readonly number[],
  at: number,
  key: string,
): { readonly at: number; readonly values: readonly number[] } | null {
  const ends = { Home: 0, End: part.most };
  const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  const before = values[at - 1] ?? 0;
  const here = Number.isFinite(values[at]) ? (values[at] ?? 0) : Number.isFinite(before) ? before : 0;
  if (key in by || key in ends) {
    const value =
      key in by ? here + by[key as keyof typeof by] * stepOf(part) : ends[key as keyof typeof ends];
    return { at, values: values.with(at, onPaper(part, value)) };
  }
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return null;
  const next = Math.min(part.seconds.length - 1, Math.max(part.given, at + (key === 'ArrowRight' ? 1 : -1)));
  // To the right the pen stays on the paper where nothing is drawn yet.
  const carries = next > at && Number.isFinite(values[at]) && !Number.isFinite(values[next]);
  return { at: next, values: carries ? values.with(next, values[at] ?? 0) : values };
}

function spoken(part: CurvePart, values: readonly number[], at: number): string {
  const value = values[at];
  const said = Number.isFinite(value) ? `${value} ${part.unit}` : 'nothing drawn yet';
  return `second ${part.seconds[at]}: ${said}`;
}

/** The same curve as fields, one for each second: for those who would rather type, or hear. */
function Numbers({ name, part, values, say }: Omit<Props, 'drawn'> & { readonly values: readonly number[] }) {
  return (
    <details class="numbers needs-js">
      <summary>Type the numbers instead</summary>
      <div class="number-fields">
        {part.seconds.slice(part.given).map((second, index) => {
          const at = part.given + index;
          const value = values[at] ?? Number.NaN;
          return (
            <label key={second}>
              <span>second {second}</span>
              <input
                name={`${name}-${second}`}
                inputMode="decimal"
                autocomplete="off"
                aria-label={`${plainText(part.unit)}, second ${second}`}
                value={Number.isFinite(value) ? String(value) : ''}
                onChange={(event) => {
                  const typed = numberIn(event.currentTarget.value);
                  say?.(values.with(at, typed === null ? Number.NaN : onPaper(part, typed)));
                }}
              />
            </label>
          );
        })}
      </div>
    </details>
  );
}
