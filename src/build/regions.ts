// Cuts named regions out of program text: `// #region name` … `// #endregion` (nesting allowed). Pure.
// Refuses regions that are not closed, are named twice or are empty. Used by mdx/Code and the house tests.
import { complain, listed } from './complain.ts';

export interface Region {
  readonly name: string;
  /** Line number of the first line of `text` in the file, from 1. */
  readonly firstLine: number;
  /** Without marker lines, common indentation removed, no newline at the end. */
  readonly text: string;
  /** Number in the file of each line of `text`. */
  readonly lineNumbers: readonly number[];
}

const opens = /^\s*(?:\/\/|#)\s*#region\s+(\S+)\s*$/;
const closes = /^\s*(?:\/\/|#)\s*#endregion\b/;

/** Every region of a file, by name, in order of their beginnings. */
export function regionsOf(file: string, source: string): Map<string, Region> {
  const lines = source.split(/\r?\n/);
  const found = new Map<string, Region>();
  const open: { name: string; line: number }[] = [];
  lines.forEach((line, index) => {
    const name = opens.exec(line)?.[1];
    if (name !== undefined) {
      if (found.has(name) || open.some((region) => region.name === name)) {
        complain({
          file,
          line: index + 1,
          expected: 'each region name once in a file',
          found: `\`${name}\` again`,
          fix: 'rename one of them.',
        });
      }
      open.push({ name, line: index + 1 });
    } else if (closes.test(line)) {
      const region = open.pop();
      if (region === undefined) {
        complain({
          file,
          line: index + 1,
          expected: 'a region to be open here',
          found: '#endregion without #region',
          fix: 'remove it.',
        });
      }
      found.set(region.name, cut(file, region.name, lines, region.line, index));
    }
  });
  const left = open[0];
  if (left !== undefined) {
    complain({
      file,
      line: left.line,
      expected: `// #endregion after region \`${left.name}\``,
      found: 'the end of the file',
      fix: 'close it.',
    });
  }
  return new Map([...found].sort(([, a], [, b]) => a.firstLine - b.firstLine));
}

/** The whole file without marker lines. */
export function wholeFile(file: string, source: string): Region {
  const lines = source.replace(/\n+$/, '').split(/\r?\n/);
  return cut(file, '', lines, 0, lines.length);
}

export function regionOf(file: string, source: string, name: string | undefined): Region {
  if (name === undefined) return wholeFile(file, source);
  const regions = regionsOf(file, source);
  const region = regions.get(name);
  if (region !== undefined) return region;
  return complain({
    file,
    expected: `region \`${name}\``,
    found: `regions ${listed([...regions.keys()])}`,
    fix: `use one of those, or write // #region ${name} … // #endregion around the lines.`,
  });
}

/** Lines `from` (0-based, inclusive) to `to` (exclusive). */
function cut(file: string, name: string, lines: readonly string[], from: number, to: number): Region {
  const kept: { text: string; number: number }[] = [];
  for (let index = from; index < to; index++) {
    const text = lines[index] ?? '';
    if (!opens.test(text) && !closes.test(text)) kept.push({ text, number: index + 1 });
  }
  while (kept[0]?.text.trim() === '') kept.shift();
  while (kept.at(-1)?.text.trim() === '') kept.pop();
  const first = kept[0];
  if (first === undefined) {
    complain({
      file,
      line: from,
      expected: `lines in region \`${name}\``,
      found: 'none',
      fix: 'put the lines inside, or remove it.',
    });
  }
  const indents = kept
    .filter((line) => line.text.trim() !== '')
    .map((line) => /^ */.exec(line.text)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return {
    name,
    firstLine: first.number,
    text: kept.map((line) => line.text.slice(indent)).join('\n'),
    lineNumbers: kept.map((line) => line.number),
  };
}
