// Whose packages the pages, the labs and the engine are built from, and under which terms: read from what is
// installed, so that nobody has to remember. A package that states none fails the build.
// Called by pages/licence.astro.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inRepository } from './root.ts';

/** What a page may load code or type from; a test holds it to what src imports. Other packages only build the site. */
export const SHIPPED: readonly string[] = [
  '@codemirror/commands',
  '@codemirror/lang-javascript',
  '@codemirror/language',
  '@codemirror/search',
  '@codemirror/state',
  '@codemirror/view',
  '@fontsource-variable/source-serif-4',
  '@fontsource/ibm-plex-mono',
  '@lezer/highlight',
  '@noble/hashes',
  '@preact/signals',
  '@webcontainer/api',
  'acorn',
  'pagefind',
  'pako',
  'preact',
  'sucrase',
  'uplot',
  'zod',
];

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** As the package states it, such as 'MIT'. */
  readonly licence: string;
  readonly text: string;
}

const manifest = z.object({
  version: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/** The shipped packages and all that they depend on, by name. */
export function licensedPackages(): Licensed[] {
  const found = new Map<string, Licensed>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const folder = inRepository('node_modules', name);
    const read = readFileSync(join(folder, 'package.json'), 'utf8');
    const { version, license: licence, dependencies = {} } = manifest.parse(JSON.parse(read));
    found.set(name, { name, version, licence, text: licenceText(name, folder, licence) });
    for (const dependency of Object.keys(dependencies)) visit(dependency);
  };
  for (const name of SHIPPED) visit(name);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licenceText(name: string, folder: string, licence: string): string {
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file !== undefined) {
    const at = join(folder, file);
    // A package may have a folder of them.
    const files = statSync(at).isDirectory() ? readdirSync(at).map((each) => join(at, each)) : [at];
    return files.map((each) => readFileSync(each, 'utf8').trim()).join('\n\n');
  }
  const readme = join(folder, 'README.md');
  const said = existsSync(readme)
    ? /^#+ *licen[cs]e\s+([\s\S]+)/im.exec(readFileSync(readme, 'utf8'))?.[1]
    : undefined;
  return said?.trim() ?? `${name} states ${licence} and carries no text of it.`;
}
