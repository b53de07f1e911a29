// The parts of a prediction in lab.yml: their shape, and what a recorded run makes of each. Refuses a choice that the
// run does not decide, an order with equals, a curve whose seconds the run or the theory does not have.
// Called by lab-file.ts.
import { z } from 'zod';
import type { CurvePart, OrderPart, PredictionPart } from '../grading/predict.ts';
import { shuffled } from '../grading/quiz.ts';
import { inSeries, matches, type Second, standardValues } from '../grading/run-values.ts';
import { complain } from './complain.ts';
import { type Recorded, recordedValue } from './recorded.ts';
import { seriesOf } from './series.ts';
import { printed } from './values.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const theory = z.strictObject({ label: text, text });
const match = z.strictObject({
  text,
  is: z.union([z.string(), z.number()]).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
});
const second = z.number().int().min(0);
export const partSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('choice'),
    ask: text,
    value: text,
    options: z.array(match).min(2).max(9),
    theory,
  }),
  z.strictObject({
    id,
    kind: z.literal('number'),
    ask: text,
    value: text,
    unit: z.string().default(''),
    near: z.number().min(0),
    theory,
  }),
  z.strictObject({
    id,
    kind: z.literal('order'),
    ask: text,
    /** Which comes first. */
    first: z.enum(['most', 'least']),
    unit: z.string().default(''),
    items: z
      .array(z.strictObject({ text, run: id, value: text }))
      .min(2)
      .max(9),
    theory,
  }),
  z.strictObject({
    id,
    kind: z.literal('curve'),
    ask: text,
    /** `lost`, `p99Ms`, or a machine: what it answered. */
    series: text,
    unit: z.string(),
    fromS: second,
    /** From here on it is drawn; before, the run's values are shown. */
    drawS: second,
    toS: second,
    most: z.number().positive(),
    near: z.number().min(0),
    total: z.string().default(''),
    theory: z.strictObject({
      label: text,
      text,
      steps: z.array(z.strictObject({ fromS: second, toS: second, value: z.number().min(0) })).min(1),
    }),
  }),
]);
type Entry = z.output<typeof partSchema>;
type Curve = Extract<Entry, { kind: 'curve' }>;

/** Where a part stands: for complaints, and to look up what it names. */
export interface PartPlace {
  readonly sandbox: string;
  readonly run: Recorded;
  readonly html: (source: string) => string;
  readonly at: (...path: PropertyKey[]) => {
    readonly file: string;
    readonly line: number;
    readonly column: number;
  };
}

export async function readyPart(entry: Entry, place: PartPlace): Promise<PredictionPart> {
  const { html, at, run } = place;
  const theoryTexts = { label: html(entry.theory.label), text: html(entry.theory.text) };
  const shared = { id: entry.id, ask: html(entry.ask), theory: theoryTexts };
  if (entry.kind === 'curve') return { ...shared, ...curveOf(entry, place) };
  if (entry.kind === 'order') return { ...shared, ...(await orderOf(entry, place)) };
  const value = await valueAt(entry.value, run.name, place, 'value');
  // What every run is measured by, a reader's own too; a value of the scenario only the scenario can compute.
  const measures = standardValues(run)[entry.value] === value ? { measures: entry.value } : {};
  if (entry.kind === 'number') {
    if (typeof value !== 'number') {
      const expected = `\`${entry.value}\` to be a number`;
      complain({ ...at('value'), expected, found: `'${value}'`, fix: 'predict another value.' });
    }
    const { unit, near } = entry;
    return { ...shared, ...measures, kind: 'number', unit, value, near, run: printed(value) };
  }
  const holding = entry.options.flatMap((option, index) => (matches(option, value) ? [index] : []));
  const [holds] = holding;
  if (holds === undefined || holding.length > 1) {
    complain({
      ...at('options'),
      expected: `exactly one option of \`${entry.id}\` to match what the run said`,
      found: `${holding.length} that match '${value}'`,
      fix: 'correct `is`, `from` or `to` of its options.',
    });
  }
  const options = entry.options.map((option) => html(option.text));
  const matching = entry.options.map(({ text: _, ...each }) => each);
  return {
    ...shared,
    ...measures,
    kind: 'choice',
    options,
    matches: matching,
    holds,
    run: options[holds] ?? '',
  };
}

function valueAt(value: string, run: string, { sandbox, at }: PartPlace, ...path: PropertyKey[]) {
  const { file, line, column } = at(...path);
  return recordedValue(`${file}:${line}:${column}`, sandbox, run, value);
}

async function orderOf(
  entry: Extract<Entry, { kind: 'order' }>,
  place: PartPlace,
): Promise<Pick<OrderPart, 'kind' | 'items' | 'shown' | 'run'>> {
  const measured: { text: string; value: number }[] = [];
  for (const [index, item] of entry.items.entries()) {
    const value = await valueAt(item.value, item.run, place, 'items', index);
    if (typeof value !== 'number' || measured.some((other) => other.value === value)) {
      const expected = 'a number of its own for each item, so that the runs decide the order';
      complain({
        ...place.at('items', index),
        expected,
        found: `'${value}'`,
        fix: 'ask for another value.',
      });
    }
    measured.push({ text: place.html(item.text), value });
  }
  const sign = entry.first === 'most' ? -1 : 1;
  measured.sort((a, b) => sign * (a.value - b.value));
  const unit = entry.unit === '' ? '' : ` ${entry.unit}`;
  return {
    kind: 'order',
    items: measured.map((item) => item.text),
    shown: shuffled(entry.id, measured.length),
    run: measured.map((item) => `${item.text} (${printed(item.value)}${unit})`).join(', '),
  };
}

function curveOf(entry: Curve, place: PartPlace): Omit<CurvePart, 'id' | 'ask' | 'theory'> {
  const { run, at } = place;
  const series = seriesOf(run);
  const length = series.seconds.length;
  if (!(entry.fromS <= entry.drawS && entry.drawS < entry.toS && entry.toS <= length)) {
    const expected = `\`fromS\` ≤ \`drawS\` < \`toS\` ≤ ${length}, the seconds of the run ${run.name}`;
    const found = `${entry.fromS}, ${entry.drawS}, ${entry.toS}`;
    complain({ ...at('fromS'), expected, found, fix: 'correct them.' });
  }
  const known = ['lost', 'p99Ms', ...series.machines];
  if (!known.includes(entry.series)) {
    const expected = `one of the series ${known.join(', ')}`;
    complain({ ...at('series'), expected, found: `'${entry.series}'`, fix: 'correct it.' });
  }
  const seconds = series.seconds.slice(entry.fromS, entry.toS);
  const values = seconds.map((one) => valueOfSecond(one, entry, place));
  const mark = series.marks.find((each) => each.atSeconds >= entry.fromS && each.atSeconds < entry.toS);
  return {
    kind: 'curve',
    series: entry.series,
    unit: entry.unit,
    seconds: seconds.map((one) => one.second),
    given: entry.drawS - entry.fromS,
    values,
    expected: seconds.map((one) => theoryAt(one.second, entry, place)),
    most: entry.most,
    near: entry.near,
    total: entry.total,
    mark: mark ?? { atSeconds: entry.drawS, words: '' },
    run: '',
  };
}

function valueOfSecond(one: Second, entry: Curve, { at, run }: PartPlace): number {
  const value = inSeries(one, entry.series);
  if (value === null || value > entry.most) {
    const expected = `a value up to \`most\` (${entry.most}) in every second of the run ${run.name}`;
    const found = `${value === null ? 'none' : printed(value)} in second ${one.second}`;
    complain({ ...at('most'), expected, found, fix: 'raise `most`, or ask for other seconds.' });
  }
  return value;
}

function theoryAt(at: number, entry: Curve, place: PartPlace): number {
  const step = entry.theory.steps.find((each) => at >= each.fromS && at < each.toS);
  if (step !== undefined) return step.value;
  return complain({
    ...place.at('theory', 'steps'),
    expected: `a step for every second from ${entry.fromS} to ${entry.toS}`,
    found: `none for second ${at}`,
    fix: 'add one; its value may be 0.',
  });
}
