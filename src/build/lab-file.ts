// Reads lab.yml: which sandbox, which recorded run, which files are open, the predictions and what bears them out.
// Refuses a prediction that the run does not decide (no option, or two, match its value). Called by mdx Lab and Predict.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Prediction, PredictionPart } from '../grading/predict.ts';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { lookupIn } from './lookup.ts';
import { recordedRun, recordedValue } from './recorded.ts';
import { inRepository } from './root.ts';
import { printed, type Value } from './values.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const theory = z.strictObject({ label: text, text });
const match = z.strictObject({
  text,
  is: z.union([z.string(), z.number()]).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
});
const part = z.discriminatedUnion('kind', [
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
]);
const prediction = z.strictObject({ id, ask: text, run: id, why: text, parts: z.array(part).min(1) });

const labSchema = z.strictObject({
  sandbox: id,
  title: text,
  about: text,
  scenario: id,
  seed: z.number().int().min(0).max(0xffffffff),
  open: z.array(text).min(1),
  exercises: z.array(id).default([]),
  predictions: z.array(prediction).default([]),
});
export type LabFile = z.output<typeof labSchema>;

/** Checks the text of a lab file. Throws ContentProblem. */
export function parseLab(path: string, source: string): YamlFile<LabFile> {
  return parseYaml(path, source, labSchema);
}

export function readLab(folder: string): YamlFile<LabFile> {
  const file = readYaml(`${folder}/lab.yml`, labSchema);
  file.value.open.forEach((name, index) => {
    if (existsSync(inRepository('sandboxes', file.value.sandbox, name))) return;
    const at = file.line(['open', index]);
    const fix = 'correct the name, or write the file.';
    complain({
      file: file.path,
      ...at,
      expected: `a file of sandboxes/${file.value.sandbox}`,
      found: `'${name}'`,
      fix,
    });
  });
  return file;
}

/** A prediction ready to be shown: texts as HTML, the run's values beside each part. */
export async function readPrediction(chapter: string, folder: string, name: string): Promise<Prediction> {
  const file = readLab(folder);
  const found = file.value.predictions.find((each) => each.id === name);
  if (found === undefined) {
    const known = file.value.predictions.map((each) => each.id).join(', ');
    complain({
      file: file.path,
      expected: `a prediction \`${name}\``,
      found: known || 'none',
      fix: 'add it, or correct the id in the chapter.',
    });
  }
  const { sandbox } = file.value;
  const lookup = await lookupIn(file.path, sandbox, JSON.stringify(found));
  const html = (source: string) => inlineHtml(source, lookup);
  const run = await recordedRun(sandbox, found.run);
  const parts: PredictionPart[] = [];
  for (const each of found.parts) {
    const value = await recordedValue(file.path, sandbox, found.run, each.value);
    parts.push(readyPart(file, each, value, html));
  }
  return { chapter, id: name, ask: html(found.ask), seed: run.seed, why: html(found.why), parts };
}

function readyPart(
  file: YamlFile<LabFile>,
  each: z.output<typeof part>,
  value: Value,
  html: (source: string) => string,
): PredictionPart {
  const theory = { label: html(each.theory.label), text: html(each.theory.text) };
  const shared = { id: each.id, ask: html(each.ask), theory };
  if (each.kind === 'number') {
    if (typeof value !== 'number') {
      complain({
        file: file.path,
        expected: `\`${each.value}\` to be a number`,
        found: `'${value}'`,
        fix: 'predict another value.',
      });
    }
    return { ...shared, kind: 'number', unit: each.unit, value, near: each.near, run: printed(value) };
  }
  const holding = each.options.flatMap((option, index) => (matches(option, value) ? [index] : []));
  const [holds] = holding;
  if (holds === undefined || holding.length > 1) {
    complain({
      file: file.path,
      expected: `exactly one option of \`${each.id}\` to match what the run said`,
      found: `${holding.length} that match '${value}'`,
      fix: 'correct `is`, `from` or `to` of its options.',
    });
  }
  const options = each.options.map((option) => html(option.text));
  return { ...shared, kind: 'choice', options, holds, run: options[holds] ?? '' };
}

function matches(option: z.output<typeof match>, value: Value): boolean {
  if (option.is !== undefined) return option.is === value;
  if (option.from === undefined && option.to === undefined) return false;
  return typeof value === 'number' && value >= (option.from ?? -Infinity) && value <= (option.to ?? Infinity);
}
