// An assignment as a link to the page where it is done: /work/#assignment=1.…, packed by share/packed.ts, so that no
// server sees it. Refuses whatever assignment.json would refuse, a link that is cut, and one with too much inside.
// Called by the pages /assign/ and /work/, and by nothing that a chapter loads.
import type { Complaint } from '../../datacenter/contract.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Assignment, readAssignment } from '../../teaching/assignment.ts';
import { fragmentOf, type LinkKind, readFragment } from '../share/packed.ts';

export type AssignmentReading =
  | { readonly ok: true; readonly assignment: Assignment }
  | { readonly ok: false; readonly complaint: Complaint };

export const FRAGMENT = '#assignment=';
/** Above this, some mail programs break a link or make none of it. */
export const MAIL_CHARACTERS_MAX = 2000;
const KIND: LinkKind = {
  mark: FRAGMENT,
  version: 1,
  what: 'an assignment',
  insteadOfMaking: 'share assignment.json as a file instead.',
  insteadOfReading: 'Ask for assignment.json instead of a link.',
  unpackedBytesMax: 500_000,
};

/** `#assignment=1.…` of what assignment.json says. Rejects with a RangeError where that is too large for a link. */
export function assignmentFragment(file: object): Promise<string> {
  return fragmentOf(KIND, file);
}

/** Reads a fragment that begins with `#assignment=`. Never throws for a bad link. */
export async function readAssignmentFragment(fragment: string): Promise<AssignmentReading> {
  const reading = await readFragment(KIND, fragment);
  if (!reading.ok) return reading;
  try {
    return { ok: true, assignment: readAssignment('the link', reading.json) };
  } catch (error) {
    if (!(error instanceof RunProblem)) throw error;
    return { ok: false, complaint: error.complaint };
  }
}
