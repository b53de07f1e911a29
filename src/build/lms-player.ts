// The script of the pages by which a learning platform opens a chapter: islands/lms/player.ts in one file. Made when a
// package is, so that the site itself never has it. Called by cli/package.ts.
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { inRepository } from './root.ts';

export function lmsPlayer(): string {
  const { outputFiles } = buildSync({
    entryPoints: [inRepository('src/islands/lms/player.ts')],
    absWorkingDir: inRepository(),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  const text = outputFiles[0]?.text;
  if (text === undefined)
    throw new Error(`expected a script of ${join('src', 'islands', 'lms')}, found none`);
  return text;
}
