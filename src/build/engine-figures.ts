// The figures of the engine's page: what a command measured, condensed into content/engine/*.json by
// `npm run figures`. Every form is checked; a file that is not there leaves its part of the page out.
// Called by pages/engine and scripts/figures.ts.
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { complain } from './complain.ts';
import { inRepository } from './root.ts';

const count = z.int().min(0);
const version = z.string().regex(/^v\d+\.\d+\.\d+$/, 'a version of Node such as v24.1.0');

export const conformanceSchema = z.strictObject({
  node: version,
  half: z.enum(['even', 'odd']),
  applicable: count,
  passed: count,
  modules: z.array(z.strictObject({ name: z.string(), applicable: count, passed: count })),
});

export const browsersSchema = z.strictObject({
  node: version,
  seeds: count,
  /** Over the hashes of every run in Node. */
  hash: z.string().regex(/^[0-9a-f]{16}$/),
  rows: z.array(z.strictObject({ engine: z.string(), cluster: z.string(), equal: count, unequal: count })),
});

export const benchSchema = z.strictObject({
  node: version,
  computer: z.string(),
  figures: z.array(
    z.strictObject({ name: z.string(), says: z.string(), value: z.number(), unit: z.string() }),
  ),
});

export const figureSchemas = {
  conformance: conformanceSchema,
  browsers: browsersSchema,
  bench: benchSchema,
} as const;
export type FigureName = keyof typeof figureSchemas;

export const figureFile = (name: FigureName): string => `content/engine/${name}.json`;

/** The figures of that name, or null where nothing was measured yet. Throws ContentProblem. */
export function figuresOf<N extends FigureName>(name: N): z.output<(typeof figureSchemas)[N]> | null {
  const file = figureFile(name);
  if (!existsSync(inRepository(file))) return null;
  const result = figureSchemas[name].safeParse(JSON.parse(readFileSync(inRepository(file), 'utf8')));
  if (result.success) return result.data as z.output<(typeof figureSchemas)[N]>;
  const [issue] = result.error.issues;
  return complain({
    file,
    expected: `what \`npm run figures\` writes (${issue?.message})`,
    found: issue?.path.join('.') || 'something else',
    fix: 'measure again',
  });
}
