// What Watch draws, before it is drawn: which seconds, how high a chart is, segments of a band, numbers in words.
// Pure; takes what watched.ts kept and whatever a guest has put there. Called by watch-charts.tsx and watch.tsx.
import { secondsKept, type TextLine, type WatchedEntry, type WatchedLine } from '../../grading/watched.ts';
import { roundUp, seconds, share } from './words.ts';

/** The stretch of the run that is drawn, in seconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface NumberRow {
  readonly name: string;
  readonly now: number | null;
  readonly most: number | null;
  /** One for each finished second, the first of them of second `first`. */
  readonly seconds: readonly (number | null)[];
  readonly first: number;
}

/** A stretch of a band. `tone` tells different words apart, -1 where nothing is known. */
export interface Segment extends Span {
  readonly text: string;
  readonly tone: number;
}

const tones = 3;

/** An entry's lines by machine, in the order of the file, then by key, each with its name. */
export function linesOf({
  spec,
  lines,
}: WatchedEntry): { readonly name: string; readonly line: WatchedLine }[] {
  const { machines } = spec;
  return lines
    .toSorted(
      (a, b) =>
        machines.indexOf(a.machine) - machines.indexOf(b.machine) ||
        a.key.localeCompare(b.key, 'en', { numeric: true }),
    )
    .map(({ machine, key, line }) => ({
      name: key === '' ? machine : machines.length === 1 ? key : `${machine} ${key}`,
      line,
    }));
}

/** The whole run where it is short, as on the strip; else what is kept of it up to now. */
export function spanOf(untilNs: number, nowNs: number): Span {
  const untilS = untilNs / 1e9;
  const to = untilS <= secondsKept ? untilS : Math.max(secondsKept, Math.ceil(nowNs / 1e9));
  return { from: Math.max(0, to - secondsKept), to };
}

/** Where a moment stands in a span, in percent of its width. */
export function across({ from, to }: Span, second: number): number {
  return Math.min(100, Math.max(0, ((second - from) / (to - from)) * 100));
}

/** The lowest and the highest value of a chart's lines; at least from 0 to `least`. */
export function rangeOf(rows: readonly NumberRow[], span: Span, least: number): readonly [number, number] {
  let [low, high] = [0, least];
  for (const { seconds, first } of rows)
    seconds.forEach((value, index) => {
      if (value === null || first + index < span.from) return;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
  return [low < 0 ? -roundUp(-low) : 0, roundUp(high)];
}

/** A line through the middles of its seconds, broken where there is no value; `height` 0 is the top. */
export function pathOf(
  row: NumberRow,
  span: Span,
  [low, high]: readonly [number, number],
  height: number,
): string {
  let pen = 'M';
  return row.seconds
    .map((value, index) => {
      const second = row.first + index;
      if (value === null || second < span.from) {
        pen = 'M';
        return '';
      }
      const x = across(span, second + 0.5).toFixed(2);
      const y = (height - 1 - ((value - low) / (high - low)) * (height - 2)).toFixed(2);
      // A value that stands alone is a dot.
      const point = pen === 'M' ? `M${x} ${y}h0` : `L${x} ${y}`;
      pen = 'L';
      return point;
    })
    .join('');
}

/** What a band shows up to now. `words` are those of the whole chart. */
export function segmentsOf(line: TextLine, span: Span, nowNs: number, words: readonly string[]): Segment[] {
  const nowS = nowNs / 1e9;
  return line.changes.flatMap(({ atNs, text }, index) => {
    const from = Math.max(span.from, atNs / 1e9);
    const to = Math.min(nowS, (line.changes[index + 1]?.atNs ?? nowNs) / 1e9);
    if (to <= span.from || from > to) return [];
    return [{ from, to, text: text ?? '', tone: text === null ? -1 : words.indexOf(text) % tones }];
  });
}

/** All words of a chart, sorted. */
export function wordsOf(lines: readonly TextLine[]): string[] {
  const words = lines.flatMap(({ changes }) => changes.flatMap(({ text }) => (text === null ? [] : [text])));
  return [...new Set(words)].sort();
}

/** The latest changes of a chart's lines, newest last. */
export function changesOf(
  lines: readonly { readonly name: string; readonly line: TextLine }[],
  most: number,
) {
  return lines
    .flatMap(({ name, line }) =>
      line.changes.map(({ atNs, text }, index) => ({
        name,
        atNs,
        before: line.changes[index - 1]?.text ?? null,
        text,
      })),
    )
    .sort((a, b) => a.atNs - b.atNs)
    .slice(-most);
}

export function sinceOf(line: TextLine): string {
  const last = line.changes.at(-1);
  return last === undefined ? '–' : seconds(last.atNs);
}

/** A value as one reads it; a dash where there is none. */
export function printed(value: number | null | undefined, kind: 'number' | 'share'): string {
  if (value === null || value === undefined) return '–';
  if (kind === 'share') return share(value);
  const size = Math.abs(value);
  if (size >= 1e6) return value.toExponential(1);
  return value.toLocaleString(
    'en',
    size < 10 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 0 },
  );
}
