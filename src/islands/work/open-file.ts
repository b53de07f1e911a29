// A file that the reader chose or dropped: an assignment, or work of their own to be taken in. Says which, or throws a
// RunProblem with what was expected, found and what to do, by name where it is another file of this site. Called by page.tsx.
import type { Complaint } from '../../datacenter/contract.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Assignment, readAssignment } from '../../teaching/assignment.ts';
import { SUBMISSION_BYTES_MAX } from '../../teaching/submission.ts';
import type { Progress } from '../progress/progress.ts';
import { isRecord } from '../progress/shapes.ts';
import { assignmentIn, type Listed } from './store.ts';

export type Opened =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  | { readonly kind: 'work'; readonly bytes: Uint8Array; readonly listed: Listed };

/** `openId`: the assignment that the reader is looking at. */
export function openFile(progress: Progress, name: string, bytes: Uint8Array, openId: string | null): Opened {
  if (bytes.length > SUBMISSION_BYTES_MAX)
    throw new RunProblem({
      file: name,
      expected: `a file of at most ${SUBMISSION_BYTES_MAX / 1e6} MB`,
      found: `${(bytes.length / 1e6).toFixed(1)} MB`,
      fix: 'choose assignment.json, or a file that this page saved.',
    });
  const text = new TextDecoder().decode(bytes);
  const value = parsedOrNull(text);
  const format = isRecord(value) ? value['format'] : undefined;
  if (format === 'brownout-submission') return ownWork(progress, name, bytes, value, openId);
  if (format === 'brownout-progress')
    throw new RunProblem({
      file: name,
      expected: 'an assignment, or work that this page saved',
      found: 'your progress',
      fix: 'take it in on the page “Where I stand”: assignments and answers are in it too.',
    });
  return { kind: 'assignment', assignment: readAssignment(name, text) };
}

function ownWork(
  progress: Progress,
  name: string,
  bytes: Uint8Array,
  value: unknown,
  openId: string | null,
): Opened {
  const id = isRecord(value) ? String(value['assignment']).slice(0, 40) : '';
  const listed = assignmentIn(progress, id);
  const opened = openId === null ? undefined : assignmentIn(progress, openId);
  if (listed === undefined)
    throw new RunProblem({
      file: name,
      expected:
        opened === undefined
          ? 'the assignment of this work first'
          : `work for ‘${opened.assignment.title}’ (${openId})`,
      found: `work for an assignment that was not opened here (${id})`,
      fix: 'open its link or its assignment.json, then choose this file again.',
    });
  if (opened !== undefined && opened.id !== id)
    throw new RunProblem({
      file: name,
      expected: `work for ‘${opened.assignment.title}’ (${opened.id})`,
      found: `work for ‘${listed.assignment.title}’ (${id})`,
      fix: 'open that assignment from the list, then choose this file again.',
    });
  return { kind: 'work', bytes, listed };
}

/** `fix` for somebody with a browser and nothing else. */
export function forReaders(complaint: Complaint): Complaint {
  if (!complaint.expected.startsWith('version 1 of assignment.json')) return complaint;
  return {
    ...complaint,
    fix: 'load this page again: a newer one of the course may be there. Else ask for its address.',
  };
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
