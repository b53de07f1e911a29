// JSON files of the instructors' side: read, checked with a Zod schema, and what is wrong said as expected, found, fix.
// Refuses what is not JSON and nests too deep to be read. Pure. Used by assignment.ts and submission.ts.
import type { z } from 'zod';
import type { Complaint } from '../datacenter/contract.ts';
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

function said(issue: z.core.$ZodIssue | undefined): Complaint {
  if (issue === undefined) return { expected: 'a file of the right shape', found: 'another', fix: FIX };
  const at = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
  const complaint = complaintOf(issue, at);
  if (issue.code === 'unrecognized_keys') return complaint;
  return { ...complaint, expected: `${at}: ${complaint.expected}`.slice(0, 300) };
}

const FIX = 'correct it there.';

/** What one issue says, without the place; `at` is named where fields are too many. */
export function complaintOf(issue: z.core.$ZodIssue, at: string): Complaint {
  if (issue.code === 'unrecognized_keys') {
    const found = issue.keys.map((key) => `'${key.slice(0, 60)}'`).join(', ');
    return { expected: `only known fields in ${at}`, found, fix: 'remove it, or correct its spelling.' };
  }
  const [, expected = issue.message, found = 'something else'] =
    /^(?:Invalid input: )?expected (.+?)(?:, (?:found|received) (.+))?$/s.exec(issue.message) ?? [];
  const bound = boundOf(issue);
  if (bound !== null) return { expected: bound, found: issue.code === 'too_big' ? 'more' : 'less', fix: FIX };
  return { expected: inWords(expected).slice(0, 300), found: inWords(found).slice(0, 200), fix: FIX };
}

/** A type of Zod's as people call it. */
function inWords(type: string): string {
  const words: Readonly<Record<string, string>> = {
    number: 'a number',
    int: 'a whole number',
    string: 'text',
    array: 'a list',
    undefined: 'nothing',
    NaN: 'no number',
  };
  return words[type] ?? type;
}

/** A bound of the schema in words; null where it says so itself, or is none. */
function boundOf(issue: z.core.$ZodIssue): string | null {
  if (!/^Too (?:small|big)/.test(issue.message)) return null;
  if (issue.code === 'too_small')
    return `${issue.inclusive === false ? 'more than' : 'at least'} ${unit(issue.origin, issue.minimum)}`;
  return issue.code === 'too_big' ? `at most ${unit(issue.origin, issue.maximum)}` : null;
}

function unit(origin: string, count: number | bigint): string {
  const nouns: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };
  const noun = nouns[origin];
  if (noun === undefined) return String(count);
  return `${count} ${count === 1 ? noun : noun.replace(/y$/, 'ie')}${count === 1 ? '' : 's'}`;
}
