// JSON files of the instructors' side: read, checked with a Zod schema, and what is wrong said as expected, found, fix.
// Refuses what is not JSON and nests too deep to be read. Pure. Used by assignment.ts and submission.ts.
import type { z } from 'zod';
import { RunProblem } from '../runtime/runtime.ts';

export function readJson<S extends z.ZodType>(name: string, text: string, schema: S): z.output<S> {
  const result = schema.safeParse(parsed(name, text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RunProblem({ file: name, ...said(issue) });
}

export function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const found = text.trim() === '' ? 'an empty file' : 'text that is not JSON, or is cut short';
    throw new RunProblem({ file: name, expected: 'JSON', found, fix: 'export the file again.' });
  }
}

function said(issue: z.core.$ZodIssue | undefined): { expected: string; found: string; fix: string } {
  const fix = 'correct it there.';
  if (issue === undefined) return { expected: 'a file of the right shape', found: 'another', fix };
  const at = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const found = issue.keys.map((key) => `'${key.slice(0, 60)}'`).join(', ');
    return { expected: `only known fields in ${at}`, found, fix: 'remove it, or correct its spelling.' };
  }
  const [, expected = issue.message, found = `something else`] =
    /^(?:Invalid input: )?expected (.+?)(?:, (?:found|received) (.+))?$/s.exec(issue.message) ?? [];
  return { expected: `${at}: ${expected}`.slice(0, 300), found: found.slice(0, 200), fix };
}
