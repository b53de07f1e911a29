// Looks up, ahead of rendering, every `{run:value}` that a text of a YAML file asks for.
// Refuses runs and values that do not exist. Called by the readers of quiz.yml and lab.yml.
import type { Value } from '../grading/run-values.ts';
import { inlineHtml, type Lookup, measuredIn } from './inline.ts';
import { recordedValue } from './recorded.ts';
import { printed } from './values.ts';

/** Runs what `text` names; the answer then prints values without waiting. */
export async function lookupIn(file: string, sandbox: string, text: string): Promise<Lookup> {
  const values = new Map<string, Value>();
  for (const { run, value } of measuredIn(text)) {
    values.set(`${run}:${value}`, await recordedValue(file, sandbox, run, value));
  }
  return (run, value, digits) => printed(values.get(`${run}:${value}`) ?? '', digits);
}

/** One inline text of a file as HTML. */
export async function htmlOf(file: string, sandbox: string, text: string): Promise<string> {
  return inlineHtml(text, await lookupIn(file, sandbox, text));
}
