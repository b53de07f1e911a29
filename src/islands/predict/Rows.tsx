// What the reader said beside what the run and theory say, a part after the other: words side by side, and for a curve
// all three in one picture with their numbers as a table. Called by Prediction.tsx and, without the reader's own, by
// mdx/Compare.

import type { Own, OwnPart } from '../../grading/own-run.ts';
import {
  type Compared,
  type CurvePart,
  compare,
  type Prediction,
  type Said,
  sumOf,
} from '../../grading/predict.ts';
import { html } from '../quiz/Said.tsx';
import { CurveChart } from './curve-chart.tsx';

interface Props {
  readonly prediction: Prediction;
  readonly said: Said | undefined;
  /** The reader's own run of the same. */
  readonly own?: Own | undefined;
}

/** You, this run, theory: one row a part. */
export function Rows({ prediction, said, own }: Props) {
  return (
    <>
      {compare(prediction, said ?? {}).map((row) => (
        <section key={row.part.id}>
          <p class="cmp-ask" {...html(row.part.ask)} />
          <Words row={row} seed={prediction.seed} alone={said === undefined} own={own} />
          {row.part.kind === 'curve' && (
            <Picture part={row.part} seed={prediction.seed} you={listOf(said?.[row.part.id])} own={own} />
          )}
        </section>
      ))}
      <p {...html(prediction.why)} />
    </>
  );
}

function listOf(value: Said[string] | undefined): readonly number[] | undefined {
  return typeof value === 'number' ? undefined : value;
}

function Words({
  row,
  seed,
  alone,
  own,
}: {
  readonly row: Compared;
  readonly seed: number;
  readonly alone: boolean;
  readonly own: Own | undefined;
}) {
  const { part, you, close, how } = row;
  const curve = part.kind === 'curve';
  const mine = curve ? undefined : own?.parts[part.id];
  return (
    <dl class={alone || curve ? 'cmp two' : mine === undefined ? 'cmp' : 'cmp four'}>
      {!alone && (
        <div>
          <dt>you</dt>
          {you !== '' && <dd {...html(you)} />}
          <dd class={close ? 'how ok' : 'how'}>{close ? `✓ ${how}` : how}</dd>
        </div>
      )}
      {!curve && (
        <div>
          <dt>
            {recorded(own)}, seed {seed}
          </dt>
          <dd {...html(part.run)} />
        </div>
      )}
      {mine !== undefined && (
        <div>
          <dt>your run, seed {own?.seed}</dt>
          <OwnWords part={mine} />
        </div>
      )}
      <div>
        <dt {...html(`theory: ${part.theory.label}`)} />
        <dd {...html(part.theory.text)} />
      </div>
    </dl>
  );
}

/** Beside a run of the reader's own, 'this run' could be either. */
function recorded(own: Own | undefined): string {
  return own === undefined ? 'this run' : 'recorded run';
}

function OwnWords({ part }: { readonly part: OwnPart }) {
  if ('html' in part) return <dd {...html(part.html)} />;
  return <dd>{'text' in part ? part.text : ''}</dd>;
}

interface PictureProps {
  readonly part: CurvePart;
  readonly seed: number;
  readonly you: readonly number[] | undefined;
  readonly own: Own | undefined;
}

function Picture({ part, seed, you, own }: PictureProps) {
  const found = own?.parts[part.id];
  const mine = found !== undefined && 'values' in found ? found.values : undefined;
  const columns = [
    ...(you === undefined ? [] : [{ word: 'you', values: you }]),
    { word: recorded(own), values: part.values },
    ...(mine === undefined ? [] : [{ word: 'your run', values: mine }]),
    { word: 'theory', values: part.expected },
  ];
  const words = columns.map((column) => column.word).join(', ');
  return (
    <figure class="curve-figure">
      <CurveChart
        part={part}
        you={you}
        own={mine}
        answered
        label={`${part.unit}: ${words}. Their numbers are in the table below.`}
      />
      <figcaption class="curve-key">
        <span>{part.unit}</span>
        {you !== undefined && <span class="key-you">you</span>}
        <span class="key-run">
          {recorded(own)}, seed {seed}
        </span>
        {own !== undefined && mine !== undefined && (
          <span class="key-own">
            your run, seed {own.seed}
            {movedWords(own)}
          </span>
        )}
        <span class="key-theory">theory</span>
      </figcaption>
      <Numbers part={part} columns={columns} />
    </figure>
  );
}

interface Column {
  readonly word: string;
  readonly values: readonly number[];
}

function Numbers({ part, columns }: { readonly part: CurvePart; readonly columns: readonly Column[] }) {
  return (
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">second</th>
            {columns.map((column) => (
              <th key={column.word} scope="col" class="num">
                {column.word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {part.seconds.map((second, index) => (
            <tr key={second}>
              <th scope="row">{second}</th>
              {columns.map((column) => (
                <td key={column.word} class="num">
                  {printed(column.values[index])}
                </td>
              ))}
            </tr>
          ))}
          {part.total !== '' && (
            <tr>
              <th scope="row">{part.total}</th>
              {columns.map((column) => (
                <td key={column.word} class="num">
                  {printed(sumOf(column.values))}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </details>
  );
}

/** Done at another moment than in the recorded run, it is drawn so that both meet. */
function movedWords({ moved }: Own): string {
  if (moved === null || Math.abs(moved.fromSeconds - moved.toSeconds) < 0.05) return '';
  const [from, to] = [moved.fromSeconds, moved.toSeconds].map((at) => Number(at.toFixed(1)));
  return `, moved from second ${from} to ${to}`;
}

function printed(value: number | undefined): string {
  return value === undefined || Number.isNaN(value)
    ? ''
    : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
