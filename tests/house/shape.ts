// The shape of a file: its length, the length of its functions, its opening comment, and types that give up.
// Pure. Used by shape.test.ts. A data table is exempt from lengths if its opening comment says `data table:`.
import ts from 'typescript';
import type { SourceFile } from './repository.ts';

const fileLinesMax = 300;
const sandboxLinesMax = 150;
const functionLinesMax = 70;

function isDataTable(file: SourceFile): boolean {
  return file.text.split('\n', 6).some((line) => /^(?:\/\/|\/?\s?\*) ?data table:/i.test(line));
}

export function lengthComplaints(file: SourceFile): string[] {
  if (isDataTable(file)) return [];
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  const most = file.path.startsWith('sandboxes/') ? sandboxLinesMax : fileLinesMax;
  if (lines <= most) return [];
  return [
    `${file.path} has ${lines} lines; ${most} is the most. Find the second idea in it and give it a file.`,
  ];
}

export function functionComplaints(file: SourceFile): string[] {
  if (isDataTable(file)) return [];
  const source = parse(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
      const lines = last - first + 1;
      if (lines > functionLinesMax && !isTestBlock(node)) {
        const name = node.name === undefined ? 'a function' : node.name.getText(source);
        found.push(
          `${file.path}:${first + 1}: ${name} has ${lines} lines; ${functionLinesMax} is the most. Take a step out of it and name it.`,
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The callback of describe(): a list of tests, not a function that anyone reads whole. */
function isTestBlock(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^(?:test\.)?describe\b/.test(node.parent.expression.getText());
}

/** The first lines must be a comment of 2 to 6 lines (in .astro after the fence; after `#!` or an environment note). */
export function headerComplaints(file: SourceFile): string[] {
  const lines = file.text.split('\n');
  while (/^(?:#!|---$|\/\/ @ts-check|\/\/ @vitest)/.test(lines[0] ?? '')) lines.shift();
  const comment = (lines[0] ?? '').startsWith('/*')
    ? blockLines(lines)
    : lines.findIndex((line) => !line.startsWith('//'));
  const count = comment === -1 ? lines.length : comment;
  if (count >= 2 && count <= 6) return [];
  return [
    `${file.path} opens with ${count} lines of comment; 2 to 6 are wanted. Say what it is, what it refuses, who calls it.`,
  ];
}

function blockLines(lines: readonly string[]): number {
  return lines.findIndex((line) => line.includes('*/')) + 1;
}

/** `any`, and comments that switch the compiler or the linter's any-rule off. */
export function surrenderComplaints(file: SourceFile): string[] {
  const found: string[] = [];
  const say = (line: number, what: string) =>
    found.push(`${file.path}:${line}: found ${what}. Name the type, or narrow it from unknown.`);
  file.text.split('\n').forEach((line, index) => {
    const comment =
      /(?:\/\/|\/\*)\s*(@ts-(?:ignore|nocheck|expect-error)|biome-ignore[^:]*(?:noExplicitAny|noNonNullAssertion))/.exec(
        line,
      )?.[1];
    if (comment !== undefined) say(index + 1, comment);
  });
  const source = parse(file);
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword)
      say(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, '`any`');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
}
