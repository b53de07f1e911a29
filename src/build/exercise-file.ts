// What a page says of an exercise, from its exercise.yml: title, what to do, files to edit, what must hold.
// Only reads the parts that a page shows; grading checks the rest. Called by mdx/Exercise.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { complain } from './complain.ts';
import { inlineHtml } from './inline.ts';
import { inRepository } from './root.ts';
import { readYaml } from './yaml.ts';

const exerciseSchema = z.looseObject({
  title: z.string().min(1),
  /** Paragraphs of inline text, apart by blank lines. */
  text: z.string().min(1),
  /** What the check does not hold against a program. */
  excludes: z.string().optional(),
  edits: z.array(z.string()).min(1),
  seeds: z.number().int().min(1),
});

export interface ExerciseText {
  readonly title: string;
  readonly statement: string;
  readonly excludes: string;
  readonly edits: readonly string[];
  readonly seeds: number;
}

/** `asker` is the file that names the exercise. */
export function readExercise(asker: string, sandbox: string, name: string): ExerciseText {
  const path = `sandboxes/${sandbox}/exercises/${name}/exercise.yml`;
  if (!existsSync(inRepository(path))) {
    complain({
      file: asker,
      expected: `exercise \`${name}\` at ${path}`,
      found: 'no such file',
      fix: 'correct the name, or write it.',
    });
  }
  const { value } = readYaml(path, exerciseSchema);
  const html = (text: string) => inlineHtml(text, (run, key) => `{${run}:${key}}`);
  return {
    title: value.title,
    statement: value.text
      .split(/\n\s*\n|\n(?=\S)/)
      .map((paragraph) => `<p>${html(paragraph)}</p>`)
      .join(''),
    excludes: html(value.excludes ?? ''),
    edits: value.edits,
    seeds: value.seeds,
  };
}
