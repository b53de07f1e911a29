// What the house rules look at: the files of the repository, their text, and what each imports.
// Leaves out what is installed or generated. Rules take texts as arguments, so they can be tried on bad examples.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface SourceFile {
  /** Below the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path of the file it means, or undefined for packages and `node:`. */
  readonly target: string | undefined;
  /** `import type` or `export type`: gone after stripping. */
  readonly typeOnly: boolean;
}

const leftOut = new Set([
  'node_modules',
  '.git',
  'dist',
  '.astro',
  '.generated',
  'test-results',
  'playwright-report',
]);

/** Every file below `folder` whose name ends in one of `endings`. */
export function filesBelow(folder: string, endings: readonly string[]): SourceFile[] {
  const found: SourceFile[] = [];
  const visit = (at: string): void => {
    for (const entry of readdirSync(at === '' ? '.' : at, { withFileTypes: true })) {
      if (leftOut.has(entry.name)) continue;
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (endings.some((ending) => path.endsWith(ending)))
        found.push({ path, text: readFileSync(path, 'utf8') });
    }
  };
  visit(folder);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const programs = ['.ts', '.tsx', '.mts', '.mjs', '.js'];

export function programFiles(): SourceFile[] {
  return ['src', 'sandboxes', 'tests', 'scripts'].flatMap((folder) => filesBelow(folder, programs));
}

const statements =
  /(?:^|[\s;}])(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** What a file imports, read from its text (comments left out). */
export function importsOf(file: SourceFile): Import[] {
  const text = file.text.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(statements)].map((match) => {
    const specifier = match[2] ?? match[3] ?? '';
    const bare = specifier.replace(/\?.*$/, '');
    const target = bare.startsWith('.')
      ? normalize(join(dirname(file.path), bare)).replaceAll('\\', '/')
      : undefined;
    return { specifier, target, typeOnly: match[1] !== undefined };
  });
}
