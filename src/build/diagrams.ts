// Committed diagrams: an SVG beside its Mermaid source, holding the source's hash, so that a test and the build can
// see without a browser whether it is current. Refuses a missing or stale SVG. Rendering is scripts/diagrams.ts.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { complain } from './complain.ts';
import { inRepository } from './root.ts';

/** Raise when the style or the renderer changes, so that every diagram is drawn anew. */
const edition = '3';

export function diagramHash(source: string): string {
  return createHash('sha256')
    .update(edition)
    .update(source.replaceAll('\r\n', '\n'))
    .digest('hex')
    .slice(0, 16);
}

/** Paths of all Mermaid sources, below the repository's root. */
export function diagramSources(): string[] {
  const root = 'content/chapters';
  if (!existsSync(inRepository(root))) return [];
  return readdirSync(inRepository(root)).flatMap((chapter) => {
    const folder = `${root}/${chapter}/figures`;
    if (!existsSync(inRepository(folder))) return [];
    const sources = readdirSync(inRepository(folder)).filter((name) => name.endsWith('.mmd'));
    return sources.map((name) => `${folder}/${name}`);
  });
}

/** What is wrong with the SVG of a source, or null. */
export function diagramComplaint(path: string, source: string, svg: string | undefined) {
  const fix = 'run `npm run diagrams` and commit the result.';
  if (svg === undefined) return { file: path, expected: 'an SVG beside it', found: 'none', fix };
  const held = /data-source="([0-9a-f]+)"/.exec(svg)?.[1];
  const now = diagramHash(source);
  return held === now
    ? null
    : { file: path, expected: `its SVG to be of source ${now}`, found: held ?? 'no hash in it', fix };
}

/** The SVG of figures/<name>.mmd, ready to be put into a page. */
export function figureSvg(folder: string, name: string): string {
  const path = `${folder}/figures/${name}.mmd`;
  if (!existsSync(inRepository(path))) {
    complain({
      file: `${folder}/index.mdx`,
      expected: `a figure at ${path}`,
      found: 'no such file',
      fix: 'correct the name, or draw it.',
    });
  }
  const drawn = inRepository(folder, 'figures', `${name}.svg`);
  const svg = existsSync(drawn) ? readFileSync(drawn, 'utf8') : undefined;
  const complaint = diagramComplaint(path, readFileSync(inRepository(path), 'utf8'), svg);
  if (complaint !== null || svg === undefined)
    return complain(complaint ?? { expected: 'an SVG', found: 'none', fix: 'run `npm run diagrams`.' });
  return svg;
}
