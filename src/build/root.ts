// Where the repository is, for everything that reads its files at build time. Commands run in its root (npm sees
// to that); bundled build code has no place of its own, so import.meta.url would lie. Used by all of src/build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute path of a file of the repository, from its path below the root. */
export function inRepository(...path: readonly string[]): string {
  const root = process.cwd();
  if (!existsSync(join(root, 'astro.config.mjs'))) {
    throw new Error(
      `Expected to run in Brownout's own folder, found ${root}: change to it, or use an npm script.`,
    );
  }
  return join(root, ...path);
}
