// The paper on which a curve is drawn by hand: what is given, the reader's own, and, once locked, the run and theory.
// Drawn twice, for wide and for narrow pages, so that words keep their size; styles show one. Knows no events.
// Called by Curve.tsx and Rows.tsx.
import type { CurvePart } from '../../grading/predict.ts';

interface Props {
  readonly part: CurvePart;
  /** NaN where nothing is drawn yet. */
  readonly you?: readonly number[] | undefined;
  /** The reader's own run; NaN where it has no such second. */
  readonly own?: readonly number[] | undefined;
  readonly answered: boolean;
  /** The point on which keys act. */
  readonly cursor?: number | undefined;
  readonly label?: string;
}

const height = 236;
const [left, right, top, bottom] = [40, 10, 28, 26];
const widths = { broad: 620, narrow: 340 } as const;

export function CurveChart(props: Props) {
  return (
    <>
      <Paper {...props} size="broad" />
      <Paper {...props} size="narrow" />
    </>
  );
}

/** Where on the paper a pointer is: which second, and the value there. Null where no paper is to be seen. */
export function pointAt(
  part: CurvePart,
  frame: HTMLElement,
  clientX: number,
  clientY: number,
): { readonly index: number; readonly value: number } | null {
  for (const svg of frame.querySelectorAll('svg')) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0) continue;
    const scale = svg.viewBox.baseVal.width / box.width;
    const across = ((clientX - box.left) * scale - left) / (svg.viewBox.baseVal.width - left - right);
    const up = (height - bottom - (clientY - box.top) * scale) / (height - top - bottom);
    const last = part.seconds.length - 1;
    const index = Math.min(last, Math.max(0, Math.floor(across * part.seconds.length)));
    return { index, value: up * part.most };
  }
  return null;
}

function Paper({
  part,
  you,
  own,
  answered,
  cursor,
  label,
  size,
}: Props & { readonly size: 'broad' | 'narrow' }) {
  const width = widths[size];
  const count = part.seconds.length;
  const slot = (width - left - right) / count;
  const x = (index: number) => round(left + slot * index);
  const y = (value: number) => round(height - bottom - ((height - top - bottom) * value) / part.most);
  const first = part.seconds[0] ?? 0;
  const markX = x(part.mark.atSeconds - first);
  const steps = (values: readonly number[]) =>
    values
      .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(value)}H${x(index + 1)}`)
      .join('');
  const drawn = you?.slice(part.given) ?? [];
  const mine = own?.map((value) => Math.min(part.most, value));
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has a label, or the slider around it speaks for it
    <svg
      class={`curve ${size}`}
      viewBox={`0 0 ${width} ${height}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <rect class="given" x={left} y={top} width={round(slot * part.given)} height={height - top - bottom} />
      {[0, part.most / 2, part.most].map((value) => (
        <g key={value}>
          <path class="rule" d={`M${left} ${y(value)}H${width - right}`} />
          <text x={left - 6} y={y(value) + 4} text-anchor="end">
            {value}
          </text>
        </g>
      ))}
      {part.seconds.map((second, index) =>
        index % (size === 'broad' ? 1 : 2) === 0 ? (
          <text key={second} x={x(index)} y={height - 8} text-anchor="middle">
            {index === 0 ? `${second} s` : second}
          </text>
        ) : null,
      )}
      <path class="mark" d={`M${markX} 8V${height - bottom}`} />
      <text class="mark" x={markX + 5} y="16">
        {part.mark.words}
      </text>
      {answered && <path class="theory" d={steps(part.expected)} />}
      <path class="run" d={steps(answered ? part.values : part.values.slice(0, part.given))} />
      {mine !== undefined && <path class="own" d={crosses(mine, x, y)} />}
      <path class="you" d={polyline(drawn, (index) => x(part.given + index + 0.5), y)} />
      {drawn.map((value, index) =>
        Number.isFinite(value) ? (
          <circle key={index} class="you" cx={x(part.given + index + 0.5)} cy={y(value)} r="3.5" />
        ) : null,
      )}
      {cursor !== undefined && (
        <rect class="cursor" x={x(cursor)} y={top} width={round(slot)} height={height - top - bottom} />
      )}
    </svg>
  );
}

/** Broken where nothing is drawn. */
function polyline(
  values: readonly number[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  return values
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        pen = 'M';
        return '';
      }
      const point = `${pen}${x(index)} ${y(value)}`;
      pen = 'L';
      return point;
    })
    .join('');
}

/** A cross for each value: it can be told from the run's line also where both are the same. */
function crosses(
  values: readonly number[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, index) =>
      Number.isFinite(value) ? `M${x(index + 0.5) - 4} ${y(value) - 4}l8 8m-8 0l8 -8` : '',
    )
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
