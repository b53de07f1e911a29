// Reads lab.yml: which sandbox, which recorded run, which files are open, the predictions and what bears them out.
// And labs/SANDBOX.yml, the same for a further sandbox of the chapter, whose lab has a page of its own.
// Refuses names of files and predictions that are not there; what a run must decide is in prediction-parts.ts. Called by
// mdx Lab and Predict.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ClusterSpec, WatchSpec } from '../datacenter/contract.ts';
import type { Again, Prediction, PredictionPart } from '../grading/predict.ts';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { lookupIn } from './lookup.ts';
import { partSchema, readyPart } from './prediction-parts.ts';
import { type Recorded, recordedRun } from './recorded.ts';
import { inRepository } from './root.ts';
import { actionsOf, inWords } from './series.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const prediction = z.strictObject({
  id,
  ask: text,
  /** Where `run` is to be found; the lab's own sandbox where none is named. */
  sandbox: id.optional(),
  run: id,
  why: text,
  parts: z.array(partSchema).min(1),
});

const turned = { machine: id, field: z.string().regex(/^[a-z][A-Za-z]*$/), label: text };
/** A setting that a program takes while it runs: see sandboxes/_shared/dials.ts. */
const dial = z.union([
  z.strictObject({
    ...turned,
    unit: z.string().default(''),
    from: z.number(),
    to: z.number(),
    step: z.number().positive(),
    start: z.number(),
  }),
  z.strictObject({ ...turned, options: z.array(text).min(2), start: text }),
]);

const labSchema = z.strictObject({
  sandbox: id,
  /** Other sandboxes of the chapter: their runs and programs are shown in its prose, but not in its lab; see sideLabs. */
  also: z.array(id).default([]),
  title: text,
  about: text,
  scenario: id,
  seed: z.number().int().min(0).max(0xffffffff),
  open: z.array(text).min(1),
  exercises: z.array(id).default([]),
  dials: z.array(dial).default([]),
  /** Labels of the cluster's `watch` whose numbers are drawn with the recorded run. */
  chart: z.array(text).default([]),
  predictions: z.array(prediction).default([]),
});
export type LabFile = z.output<typeof labSchema>;

/** Checks the text of a lab file. Throws ContentProblem. */
export function parseLab(path: string, source: string): YamlFile<LabFile> {
  return parseYaml(path, source, labSchema);
}

/** The chapter's lab; with `sandbox`, the one of that further sandbox. Throws ContentProblem. */
export function readLab(folder: string, sandbox?: string): YamlFile<LabFile> {
  const isSide = sandbox !== undefined && sideLabs(folder).includes(sandbox);
  const file = readYaml(`${folder}/${isSide ? `labs/${sandbox}` : 'lab'}.yml`, labSchema);
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

/** Further sandboxes of a chapter that have a lab of their own, at /labs/SANDBOX/. */
export function sideLabs(folder: string): string[] {
  const path = inRepository(folder, 'labs');
  if (!existsSync(path)) return [];
  return readdirSync(path).map((name) => name.replace(/\.yml$/, ''));
}

/** The sandbox that prose or a prediction asks for: the lab's own, or one of `also`. */
export function sandboxFor({ path, value }: YamlFile<LabFile>, asked = value.sandbox): string {
  if (asked === value.sandbox || value.also.includes(asked)) return asked;
  return complain({
    file: path,
    expected: `a sandbox of the chapter (${[value.sandbox, ...value.also].join(', ')})`,
    found: `'${asked}'`,
    fix: 'correct the name, or add it to `also`.',
  });
}

/** What of the cluster's `watch` the lab draws with its recorded run. Complains about a label that is no number's. */
export function chartedOf({ path, value, line }: YamlFile<LabFile>): WatchSpec[] {
  const source = readFileSync(inRepository('sandboxes', value.sandbox, 'cluster.json'), 'utf8');
  const { watch = [] } = JSON.parse(source) as ClusterSpec;
  const numbers = watch.filter(({ kind }) => kind !== 'text');
  return value.chart.map((label, index) => {
    const found = numbers.find((one) => one.label === label);
    if (found !== undefined) return found;
    const there = numbers.map((one) => one.label).join(', ') || 'none';
    return complain({
      file: path,
      ...line(['chart', index]),
      expected: `a label of a number or share in the \`watch\` of sandboxes/${value.sandbox}/cluster.json (${there})`,
      found: `'${label}'`,
      fix: 'correct it.',
    });
  });
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
  const sandbox = sandboxFor(file, found.sandbox);
  const lookup = await lookupIn(file.path, sandbox, JSON.stringify(found));
  const html = (source: string) => inlineHtml(source, lookup);
  const run = await recordedRun(sandbox, found.run);
  const index = file.value.predictions.indexOf(found);
  const parts: PredictionPart[] = [];
  for (const [number, each] of found.parts.entries()) {
    const at = (...path: PropertyKey[]) => ({
      file: file.path,
      ...file.line(['predictions', index, 'parts', number, ...path]),
    });
    parts.push(await readyPart(each, { sandbox, run, html, at }));
  }
  const ready = { chapter, id: name, ask: html(found.ask), seed: run.seed, why: html(found.why), parts };
  return run.asBuilt && sandbox === file.value.sandbox ? { ...ready, again: againOf(sandbox, run) } : ready;
}

/** What a reader does in the lab to have the same; a scenario with settings of its own cannot be had there. */
function againOf(sandbox: string, run: Recorded): Again {
  const actions = actionsOf(run);
  return { sandbox, untilNs: run.untilNs, actions, deeds: actions.map(inWords) };
}
