// The charts of Watch: a row for each line, one above the other on the same seconds and the same scale, so that nothing
// has to be told apart by color. Numbers as lines, words as bands; what the reader did is marked in all of them. The same
// as tables below. Text is shown as text. Called by watch.tsx.
import type { ComponentChildren } from 'preact';
import type { TextLine } from '../../grading/watched.ts';
import {
  across,
  changesOf,
  type NumberRow,
  pathOf,
  printed,
  rangeOf,
  type Span,
  segmentsOf,
  sinceOf,
  wordsOf,
} from './watch-rows.ts';
import { seconds } from './words.ts';

const height = 36;
const rowsShown = 12;

interface Stretch {
  readonly span: Span;
  /** Moments at which the reader did something, in seconds. */
  readonly marks: readonly number[];
}

interface NumbersProps extends Stretch {
  readonly label: string;
  readonly rows: readonly NumberRow[];
  readonly kind: 'number' | 'share';
  readonly unit: string;
  /** Heads of the two columns of numbers. */
  readonly heads: readonly [string, string];
  /** What a point of the line is. */
  readonly each: string;
  readonly children?: ComponentChildren;
}

export function Numbers({ label, rows, kind, unit, heads, each, span, marks, children }: NumbersProps) {
  const range = rangeOf(rows, span, 1);
  const [low, high] = range.map((value) => printed(value, kind));
  return (
    <section class="ck-watched">
      <table class="ck-table" aria-label={label}>
        <caption>
          {label}{' '}
          <span class="ck-soft">
            {each}, from {low} to {high}
            {unit === '' ? '' : ` ${unit}`}
          </span>
        </caption>
        <Head heads={heads} span={span} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td class="ck-number">{printed(row.now, kind)}</td>
              <td class="ck-number">{printed(row.most, kind)}</td>
              <td>
                <svg
                  class="ck-spark"
                  viewBox={`0 0 100 ${height}`}
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <path class="ck-spark-ground" d={`M0 ${height - 1}H100M0 1H100`} />
                  <path
                    class="ck-spark-mark"
                    d={marks.map((at) => `M${across(span, at).toFixed(2)} 0V${height}`).join('')}
                  />
                  <path d={pathOf(row, span, range, height)} />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
      <NumbersTable rows={rows} kind={kind} />
    </section>
  );
}

/** Names, two columns, and the seconds above the lines. */
function Head({ heads, span }: { readonly heads: readonly [string, string]; readonly span: Span }) {
  return (
    <thead>
      <tr>
        <th scope="col">name</th>
        {heads.map((head) => (
          <th key={head} scope="col" class="ck-number">
            {head}
          </th>
        ))}
        <th scope="col" class="ck-seconds">
          <span>{Math.round(span.from)} s</span> <span>{Math.round(span.to)} s</span>
        </th>
      </tr>
    </thead>
  );
}

function NumbersTable({ rows, kind }: Pick<NumbersProps, 'rows' | 'kind'>) {
  const end = Math.max(0, ...rows.map((row) => row.first + row.seconds.length));
  const shown = Array.from({ length: Math.min(rowsShown, end) }, (_, index) => end - index - 1).reverse();
  return (
    <AsTable heads={['second', ...rows.map((row) => row.name)]}>
      {shown.map((second) => (
        <tr key={second}>
          <th scope="row">{second}</th>
          {rows.map((row) => (
            <td key={row.name} class="ck-number">
              {printed(row.seconds[second - row.first], kind)}
            </td>
          ))}
        </tr>
      ))}
    </AsTable>
  );
}

function AsTable({
  heads,
  children,
}: {
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}) {
  return (
    <details class="ck-help">
      <summary>The chart as a table</summary>
      <div class="ck-wide-table">
        <table>
          <thead>
            <tr>
              {heads.map((head, index) => (
                <th key={head} scope="col" class={index === 0 ? '' : 'ck-number'}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </details>
  );
}

interface WordsProps extends Stretch {
  readonly label: string;
  readonly lines: readonly { readonly name: string; readonly line: TextLine }[];
  readonly nowNs: number;
  readonly children?: ComponentChildren;
}

export function Words({ label, lines, nowNs, span, marks, children }: WordsProps) {
  const words = wordsOf(lines.map(({ line }) => line));
  return (
    <section class="ck-watched">
      <table class="ck-table" aria-label={label}>
        <caption>{label}</caption>
        <Head heads={['now', 'since']} span={span} />
        <tbody>
          {lines.map(({ name, line }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="ck-number">{line.now ?? '–'}</td>
              <td class="ck-number">{sinceOf(line)}</td>
              <td>
                <div class="ck-band" aria-hidden="true">
                  {segmentsOf(line, span, nowNs, words).map(({ from, to, text, tone }) => (
                    <span
                      key={from}
                      class={`ck-band-${tone < 0 ? 'none' : tone}`}
                      style={{
                        left: `${across(span, from)}%`,
                        width: `${across(span, to) - across(span, from)}%`,
                      }}
                    >
                      <b>{text}</b>
                    </span>
                  ))}
                  {marks.map((at) => (
                    <i key={at} style={{ left: `${across(span, at)}%` }} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {children}
      <AsTable heads={['second', 'name', 'before', 'from then on']}>
        {changesOf(lines, rowsShown).map(({ name, atNs, before, text }) => (
          <tr key={`${atNs} ${name}`}>
            <th scope="row">{seconds(atNs)}</th>
            <td class="ck-number">{name}</td>
            <td class="ck-number">{before ?? '–'}</td>
            <td class="ck-number">{text ?? '–'}</td>
          </tr>
        ))}
      </AsTable>
    </section>
  );
}
