// Draws a recorded run as SVG, like a strip from a chart recorder: one lane a machine (answered per second), one for
// p99, one for lost, and a line through all of them where something was done. Pure. Two widths are drawn, so that
// text keeps its size on a phone. Called by mdx/Lab.

import type { Second } from '../grading/run-values.ts';
import { escapeHtml } from './inline.ts';
import { type PlacedMark, placeMarks } from './run-chart-marks.ts';
import { type Series, withUnit } from './series.ts';

interface Lane {
  readonly name: string;
  /** Over the first of several lanes that belong together. */
  readonly heading?: string;
  readonly unit: string;
  readonly kind: 'steps' | 'line' | 'bars';
  readonly height: number;
  readonly values: readonly (number | null)[];
  /** Value at the lane's top. */
  readonly most: number;
}

const text = 12;
/** Room above the lanes for the words of marks: at least two rows. */
const rowHeight = 13;
const gap = 16;

/** `width` in CSS pixels at which the drawing is meant to be shown; text is 12 px. */
export function runChart(series: Series, width: number, id: string): string {
  const left = 62;
  const right = width - 40;
  const across = (seconds: number) => round(left + ((right - left) * seconds) / series.seconds.length);
  const lanes = lanesOf(series);
  const placed = placeMarks(
    series.marks.map(({ words, atSeconds }) => ({ words, x: across(atSeconds) })),
    width,
  );
  let y = 4 + rowHeight * Math.max(2, ...placed.map(({ row }) => row + 1));
  const drawn = lanes.map((lane) => {
    const at = y + (lane.heading === undefined ? 0 : text);
    y = at + lane.height + gap;
    return drawLane(lane, at, left, right, across);
  });
  const bottom = y - gap;
  const marks = placed.map((mark) => drawMark(mark, bottom));
  const height = bottom + 26;
  return [
    `<svg class="strip" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}">`,
    `<title id="${id}">Recorded run, ${series.seconds.length} seconds: ${spoken(series)}. The same numbers are in the table below.</title>`,
    ...drawn,
    ...marks,
    axis(series, across, bottom),
    '</svg>',
  ].join('');
}

/** What the lanes are, in words. */
export function spoken({ hasRequests, machines, watched }: Series): string {
  const requests = hasRequests
    ? [`answered per second by ${machines.join(', ')}`, 'p99 latency', 'lost requests']
    : [];
  const labels = [...new Set(watched.map(({ label }) => label))];
  const lines = labels.map((label) => {
    const names = watched.filter((one) => one.label === label).map(({ name }) => name);
    return `${label.charAt(0).toLowerCase()}${label.slice(1)} of ${names.join(', ')}`;
  });
  return [...requests, ...lines].join('; ');
}

function lanesOf({ hasRequests, machines, seconds, watched }: Series): Lane[] {
  const lane = (
    name: string,
    unit: string,
    kind: Lane['kind'],
    height: number,
    pick: (second: Second) => number | null,
  ): Lane => {
    const values = seconds.map(pick);
    return { name, unit, kind, height, values, most: Math.max(1, ...values.map((value) => value ?? 0)) };
  };
  const apart = machines.map((name) => lane(name, '/s', 'steps', 34, (one) => one.answeredBy[name] ?? 0));
  // One scale for all machines, so that their shares can be compared by eye.
  const most = Math.max(1, ...apart.map((each) => each.most));
  return [
    ...apart.map((each) => ({ ...each, most })),
    ...(hasRequests
      ? [lane('p99', 'ms', 'line', 48, (one) => one.p99Ms), lane('lost', '/s', 'bars', 34, (one) => one.lost)]
      : []),
    ...watched.map(({ label, name, unit, values }, index): Lane => {
      const same = watched.filter((one) => one.label === label).flatMap((one) => one.values);
      const top = Math.max(unit === '%' ? 100 : 1, ...same.map((value) => value ?? 0));
      // A long unit has no room beside its lane.
      const isLong = unit.length > 3;
      const words = isLong ? withUnit({ label, unit }) : label;
      const heading = watched[index - 1]?.label === label ? {} : { heading: words };
      return { name, unit: isLong ? '' : unit, kind: 'line', height: 34, values, most: top, ...heading };
    }),
  ];
}

function drawLane(
  lane: Lane,
  y: number,
  left: number,
  right: number,
  across: (seconds: number) => number,
): string {
  const { most } = lane;
  const base = y + lane.height;
  const up = (value: number) => round(base - (lane.height * value) / most);
  const body = { steps: steps, line: line, bars: bars }[lane.kind](lane.values, across, up, base);
  const label = `<text x="0" y="${base - 2}">${escapeHtml(lane.name)}</text>`;
  const scale = `<text class="soft" x="${right + 6}" y="${y + text - 2}">${Math.round(most)}</text>`;
  const unit = `<text class="soft" x="${right + 6}" y="${base - 2}">${lane.unit}</text>`;
  const rules = `<path class="rule" d="M${left} ${y}H${right}"/><path class="base" d="M${left} ${base}H${right}"/>`;
  const heading =
    lane.heading === undefined
      ? ''
      : `<text class="soft" x="0" y="${y - 6}">${escapeHtml(lane.heading)}</text>`;
  return `<g>${heading}${rules}${body}${label}${scale}${unit}</g>`;
}

type Draw = (
  values: readonly (number | null)[],
  across: (seconds: number) => number,
  up: (value: number) => number,
  base: number,
) => string;

const steps: Draw = (values, across, up, base) => {
  const path = values.map((value, second) => `V${up(value ?? 0)}H${across(second + 1)}`).join('');
  return `<path class="area" d="M${across(0)} ${base}${path}V${base}Z"/><path class="ink" d="M${across(0)} ${up(values[0] ?? 0)}${path}"/>`;
};

const line: Draw = (values, across, up) => {
  let pen = 'M';
  const path = values.map((value, second) => {
    if (value === null) {
      pen = 'M';
      return '';
    }
    const point = `${pen}${across(second + 0.5)} ${up(value)}`;
    pen = 'L';
    return point;
  });
  return `<path class="ink" d="${path.join('')}"/>`;
};

const bars: Draw = (values, across, up, base) => {
  const width = Math.max(2, round((across(1) - across(0)) * 0.55));
  const drawn = values.map((value, second) => (value ? `M${across(second + 0.5)} ${base}V${up(value)}` : ''));
  return `<path class="lost" stroke-width="${width}" d="${drawn.join('')}"/>`;
};

function drawMark({ words, x, from, row }: PlacedMark, bottom: number): string {
  const text = `<text x="${round(from)}" y="${11 + rowHeight * row}">${escapeHtml(words)}</text>`;
  return `<g class="mark"><path d="M${x} 2V${bottom}"/>${text}</g>`;
}

function axis(series: Series, across: (seconds: number) => number, bottom: number): string {
  const length = series.seconds.length;
  const step = [1, 2, 5, 10, 20, 30, 60].find((each) => length / each <= 6) ?? 120;
  const ticks: string[] = [];
  for (let second = 0; second <= length; second += step) {
    ticks.push(
      `<text class="soft" x="${across(second)}" y="${bottom + 18}" text-anchor="middle">${second}${second === 0 ? ' s' : ''}</text>`,
    );
  }
  return ticks.join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
