// Bundles and minifies code of the engine so that the names that programs see stay: those of functions and classes.
// Called by engine.ts and node-library-bundles.ts.
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { minifySync } from 'oxc-minify';
export const ROOT = join(import.meta.dirname, '../..');

/** Where the page's worker begins. */
export const PAGE_ENTRY = join(ROOT, 'src/datacenter/worker/browser-guest.ts');

export interface Bundled {
  readonly text: string;
  /** The files in it, by their paths in the repository: each with those that it imports. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

export function bundled(entry: string, options: BuildOptions): Bundled {
  const { outputFiles, metafile } = buildSync({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    bundle: true,
    target: 'es2022',
    legalComments: 'inline',
    logLevel: 'warning',
    ...options,
    metafile: true,
    write: false,
  });
  const text = withClassNames(outputFiles?.[0]?.text ?? '');
  const files = Object.entries(metafile?.inputs ?? {}).map(
    ([file, { imports }]) => [file, imports.map(({ path }) => path)] as const,
  );
  return { text, files: new Map(files) };
}

/**
 * Programs see names of classes, and esbuild changes those of classes that name themselves. Its `keepNames` would mend
 * that, but at the cost of a call for each closure that is ever made.
 */
export function withClassNames(script: string): string {
  return [...script.matchAll(/\bvar (\w+) = class _\1\b/g)].reduce(
    (text, [, name = '']) => text.replaceAll(new RegExp(`\\b_${name}\\b`, 'g'), name),
    script,
  );
}

/** Programs see names of functions and classes, so these stay; esbuild would set each of them by a call. */
export function minified(name: string, script: string): string {
  const keepNames = { function: true, class: true };
  const { code, errors } = minifySync(name, script, {
    module: false,
    compress: { target: 'es2022', keepNames },
    mangle: { keepNames },
  });
  if (errors.length === 0) return code;
  throw new Error(`${name}: expected a script that oxc-minify reads, found ${JSON.stringify(errors[0])}`);
}
