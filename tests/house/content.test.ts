// Holds content to what it shows: regions, diagrams, and the paths and commands that READMEs name.
// Each rule is first tried on examples that break it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sayComplaint } from '../../src/build/complain.ts';
import { diagramComplaint, diagramHash } from '../../src/build/diagrams.ts';
import { readmePaths, regionComplaints, regionUses } from './content.ts';
import { filesBelow } from './repository.ts';

const chapters = filesBelow('content', ['.mdx']);

describe('regions', () => {
  const program = { path: 'sandboxes/x/a.ts', text: '// #region one\nx;\n// #endregion\n' };
  const chapter = (code: string) =>
    regionUses({ path: 'content/c.mdx', text: `---\nsandbox: x\n---\n${code}` });

  it('that are unknown or unused are found', () => {
    expect(regionComplaints(chapter('<Code file="a.ts" region="one" />'), [program])).toEqual([]);
    expect(regionComplaints(chapter('<Code file="a.ts" region="two" />'), [program])).toEqual([
      'content/c.mdx shows region `two` of sandboxes/x/a.ts, which has one: correct `region`.',
      'sandboxes/x/a.ts has region `one`, which no chapter shows: show it, or take the markers out.',
    ]);
    const other = { ...program, path: 'sandboxes/y/a.ts' };
    expect(regionComplaints(chapter('<Code sandbox="y" file="a.ts" region="one" />'), [other])).toEqual([]);
    expect(regionComplaints(chapter('<Code file="b.ts" />'), [])).toEqual([
      'content/c.mdx shows sandboxes/x/b.ts, which is not there: correct `file`.',
    ]);
  });

  it('are shown and exist', () => {
    const programs = filesBelow('sandboxes', ['.ts', '.json']).filter(
      ({ path }) => !/\/(?:exercises|experiments|readings|scenarios)\//.test(path),
    );
    expect(programs.length).toBeGreaterThan(4);
    expect(regionComplaints(chapters.flatMap(regionUses), programs)).toEqual([]);
  });

  it('take the place of program text in prose: no fenced code in chapters', () => {
    const fenced = chapters
      .filter(({ text }) => /^```(?:ts|js|typescript|javascript)/m.test(text))
      .map(({ path }) => path);
    expect(fenced).toEqual([]);
  });
});

describe('diagrams', () => {
  it('that are missing or stale are found', () => {
    const path = 'content/chapters/01-a/figures/a.mmd';
    const svg = `<svg data-source="${diagramHash('a --> b')}"></svg>`;
    expect(diagramComplaint(path, 'a --> b', svg)).toBeNull();
    expect(diagramComplaint(path, 'a --> b', undefined)?.found).toBe('none');
    const stale = diagramComplaint(path, 'a --> c', svg);
    expect(stale === null ? '' : sayComplaint(stale)).toMatch(
      /a\.mmd: expected its SVG to be of source \w+, found \w+: run `npm run diagrams`/,
    );
  });

  it('are current', () => {
    const complaints = filesBelow('content', ['.mmd']).flatMap(({ path, text }) => {
      const drawn = path.replace(/\.mmd$/, '.svg');
      const complaint = diagramComplaint(
        path,
        text,
        existsSync(drawn) ? readFileSync(drawn, 'utf8') : undefined,
      );
      return complaint === null ? [] : [sayComplaint(complaint)];
    });
    expect(complaints).toEqual([]);
  });
});

describe('READMEs', () => {
  it('are read for their paths', () => {
    const text =
      'In `src/x/` and `a.ts`; [that](LICENSE), [web](https://a.b/c). Not `1/2 of`, not `npm test`.\n```\n`no/where`\n```';
    expect(readmePaths(text)).toEqual(['src/x/', 'a.ts', 'LICENSE']);
  });

  it('name only what is there', () => {
    const files = filesBelow('', ['README.md']);
    expect(files.length).toBeGreaterThan(0);
    const lost = files.flatMap(({ path, text }) =>
      readmePaths(text)
        .filter((name) => !existsSync(name) && !existsSync(join(dirname(path), name)))
        .map((name) => `${path} names ${name}, which is not there.`),
    );
    expect(lost).toEqual([]);
  });

  it('name only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [
      ...readFileSync('README.md', 'utf8').matchAll(/npm (?:run )?(start|test|[a-z:-]+)\b/g),
    ].map((match) => match[1] ?? '');
    const known = new Set([...Object.keys(scripts), 'ci', 'run']);
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
