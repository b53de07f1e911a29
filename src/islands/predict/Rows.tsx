// What the reader said beside what the run and theory say, a part after the other: words side by side, and for a curve
// all three in one picture with their numbers as a table. Called by Prediction.tsx and, without the reader's own, by
// mdx/Compare.
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
}

/** You, this run, theory: one row a part. */
export function Rows({ prediction, said }: Props) {
  return (
    <>
      {compare(prediction, said ?? {}).map((row) => (
        <section key={row.part.id}>
          <p class="cmp-ask" {...html(row.part.ask)} />
          <Words row={row} seed={prediction.seed} alone={said === undefined} />
          {row.part.kind === 'curve' && (
            <Picture part={row.part} seed={prediction.seed} you={listOf(said?.[row.part.id])} />
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
}: {
  readonly row: Compared;
  readonly seed: number;
  readonly alone: boolean;
}) {
  const { part, you, close, how } = row;
  const curve = part.kind === 'curve';
  return (
    <dl class={alone || curve ? 'cmp two' : 'cmp'}>
      {!alone && (
        <div>
          <dt>you</dt>
          {you !== '' && <dd {...html(you)} />}
          <dd class={close ? 'how ok' : 'how'}>{close ? `✓ ${how}` : how}</dd>
        </div>
      )}
      {!curve && (
        <div>
          <dt>this run, seed {seed}</dt>
          <dd {...html(part.run)} />
        </div>
      )}
      <div>
        <dt {...html(`theory: ${part.theory.label}`)} />
        <dd {...html(part.theory.text)} />
      </div>
    </dl>
  );
}

interface PictureProps {
  readonly part: CurvePart;
  readonly seed: number;
  readonly you: readonly number[] | undefined;
}

function Picture({ part, seed, you }: PictureProps) {
  const columns = [
    ...(you === undefined ? [] : [{ word: 'you', values: you }]),
    { word: 'this run', values: part.values },
    { word: 'theory', values: part.expected },
  ];
  const words = columns.map((column) => column.word).join(', ');
  return (
    <figure class="curve-figure">
      <CurveChart
        part={part}
        you={you}
        answered
        label={`${part.unit}: ${words}. Their numbers are in the table below.`}
      />
      <figcaption class="curve-key">
        <span>{part.unit}</span>
        {you !== undefined && <span class="key-you">you</span>}
        <span class="key-run">this run, seed {seed}</span>
        <span class="key-theory">theory</span>
      </figcaption>
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
    </figure>
  );
}

function printed(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}
