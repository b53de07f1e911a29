// Reads a YAML file of content and checks it with a Zod schema; every complaint names file, line and column.
// Refuses duplicate keys and unknown ones (schemas are strict). Called by the readers of quiz, lab and word lists.
import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Complaint } from '../datacenter/contract.ts';
import { ContentProblem } from './complain.ts';
import { inRepository } from './root.ts';

/** A file's checked content, and where in it a path lies. */
export interface YamlFile<T> {
  readonly path: string;
  readonly value: T;
  line(path: readonly PropertyKey[]): { readonly line: number; readonly column: number };
}

/** Reads `path` (below the repository's root). Throws ContentProblem. */
export function readYaml<S extends z.ZodType>(path: string, schema: S): YamlFile<z.output<S>> {
  return parseYaml(path, readFileSync(inRepository(path), 'utf8'), schema);
}

export function parseYaml<S extends z.ZodType>(path: string, text: string, schema: S): YamlFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const at = lines.linePos(broken.pos[0]);
    const found = broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? broken.code;
    throw new ContentProblem([
      { file: path, line: at.line, column: at.col, expected: 'YAML', found, fix: 'correct it there.' },
    ]);
  }
  const where = (at: readonly PropertyKey[]) => place(document, lines, at);
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    throw new ContentProblem(result.error.issues.flatMap((issue) => explain(path, document, issue, where)));
  }
  return { path, value: result.data, line: where };
}

type Where = YamlFile<unknown>['line'];

/** Where a path lies, or the nearest part of it that is in the file. */
function place(document: Document, lines: LineCounter, path: readonly PropertyKey[]) {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const at = lines.linePos(node.range[0]);
      return { line: at.line, column: at.col };
    }
  }
  return { line: 1, column: 1 };
}

function explain(file: string, document: Document, issue: z.core.$ZodIssue, where: Where): Complaint[] {
  const at = where(issue.path);
  const name = named(issue.path);
  const base = { file, line: at.line, column: at.column };
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `\`${key}\``).join(', ');
    return [
      {
        ...base,
        expected: `only the known keys in ${name}`,
        found: keys,
        fix: 'remove it or correct its spelling.',
      },
    ];
  }
  if (issue.code === 'custom' && typeof issue.params?.['fix'] === 'string') {
    const found = String(issue.params['found'] ?? 'something else');
    return [{ ...base, expected: issue.message, found, fix: issue.params['fix'] }];
  }
  const value = document.getIn([...issue.path]);
  if (value === undefined) {
    const key = String(issue.path.at(-1) ?? 'content');
    const wanted = issue.code === 'invalid_type' ? ` (${issue.expected})` : '';
    return [
      {
        ...base,
        expected: `\`${key}\`${wanted} in ${named(issue.path.slice(0, -1))}`,
        found: 'none',
        fix: `add \`${key}:\` there.`,
      },
    ];
  }
  return [
    {
      ...base,
      expected: `${name} to be right (${issue.message})`,
      found: JSON.stringify(value) ?? 'nothing',
      fix: 'correct it there.',
    },
  ];
}

/** `['questions', 2, 'options', 0]` as 'questions 3, options 1'. */
function named(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  const parts: string[] = [];
  for (const step of path) {
    if (typeof step === 'number' && parts.length > 0) parts[parts.length - 1] += ` ${step + 1}`;
    else parts.push(String(step));
  }
  return parts.join(', ');
}
