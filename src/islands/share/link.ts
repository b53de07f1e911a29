// A run as a link: seed, edits, actions and moment; packed.ts makes the fragment.
// What a link holds is a stranger's word: bounded, checked field by field, and run by nobody but the reader.
// Never throws for a bad link; says expected, found, fix. Called by lab/share.tsx and lab/shared.ts.
import type { Action, Complaint } from '../../datacenter/contract.ts';
import { readAction } from '../../runtime/messages.ts';
import { fragmentOf, type LinkKind, readFragment, shown, shownValue } from './packed.ts';

export interface SharedRun {
  readonly sandbox: string;
  readonly seed: number;
  /** Only files that differ from the sandbox's own, by path below sandboxes/. */
  readonly files: Readonly<Record<string, string>>;
  readonly actions: readonly Action[];
  /** The moment to show. */
  readonly atNs: number;
}

export type LinkReading =
  | { readonly ok: true; readonly run: SharedRun }
  | { readonly ok: false; readonly complaint: Complaint };

export const FRAGMENT = '#run=';
const KIND: LinkKind = {
  mark: FRAGMENT,
  version: 1,
  what: 'a run',
  insteadOfMaking: 'take the folder away instead.',
  insteadOfReading: 'Ask for the files instead of a link.',
  unpackedBytesMax: 2_000_000,
};
const ACTIONS_MAX = 5000;
const FILES_MAX = 100;
/** 24 hours of virtual time. */
const AT_NS_MAX = 86_400e9;

/** `#run=1.…`; rejects with a RangeError when the run is too large for a link. */
export async function linkOf(run: SharedRun): Promise<string> {
  return fragmentOf(KIND, run);
}

/** Reads a fragment that begins with `#run=`. */
export async function readLink(fragment: string): Promise<LinkReading> {
  const reading = await readFragment(KIND, fragment);
  return reading.ok ? readRun(reading.value) : reading;
}

function readRun(value: unknown): LinkReading {
  if (!isRecord(value)) return wrong('a run', typeof value, 'Ask for a new link.');
  const { sandbox, seed, files, actions, atNs } = value;
  const bad = (expected: string, found: unknown): LinkReading =>
    wrong(expected, shownValue(found), 'Ask for a new link.');
  if (typeof sandbox !== 'string' || !/^[a-z][a-z0-9-]{0,40}$/.test(sandbox))
    return bad('the name of a sandbox', sandbox);
  if (!Number.isInteger(seed) || Number(seed) < 0 || Number(seed) >= 2 ** 32)
    return bad('a seed from 0 to 4294967295', seed);
  if (!Number.isInteger(atNs) || Number(atNs) < 0 || Number(atNs) > AT_NS_MAX)
    return bad('a moment within 24 hours, in nanoseconds', atNs);
  if (!isRecord(files) || Object.keys(files).length > FILES_MAX)
    return bad(`at most ${FILES_MAX} files`, files);
  const texts: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    if (typeof text !== 'string') return bad(`text in ${shown(path)}`, text);
    texts[path] = text;
  }
  if (!Array.isArray(actions) || actions.length > ACTIONS_MAX)
    return bad(`at most ${ACTIONS_MAX} actions`, actions);
  const done: Action[] = [];
  for (const each of actions) {
    const action = readAction(each);
    if (action === null || action.atNs < (done.at(-1)?.atNs ?? 0))
      return bad('actions in order of time', each);
    done.push(action);
  }
  return { ok: true, run: { sandbox, seed: Number(seed), files: texts, actions: done, atNs: Number(atNs) } };
}

function wrong(expected: string, found: string, fix: string): LinkReading {
  return { ok: false, complaint: { expected, found, fix } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
