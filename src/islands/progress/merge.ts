// How two records of the same name become one: from two tabs, or from a file and this browser. Pure. The newer one wins,
// and nothing is lost silently: what can be joined is (sections, outcomes, checks, tries), and a prediction, a draft or a
// version of files that loses is given back to be set aside. The same merge twice changes nothing. Used by progress.ts and file.ts.
import type { ProgressRecord, SavedVersions } from './records.ts';

export interface Merged {
  readonly kept: ProgressRecord;
  /** The loser, where it said something of its own. */
  readonly lost: ProgressRecord | null;
}

export function merge(stored: ProgressRecord, incoming: ProgressRecord): Merged {
  const [newer, older] = incoming.atMs > stored.atMs ? [incoming, stored] : [stored, incoming];
  if (newer.kind === 'read' && older.kind === 'read') {
    const sections = [...new Set([...older.value.sections, ...newer.value.sections])];
    return { kept: { ...newer, value: { sections } }, lost: null };
  }
  if (newer.kind === 'answered' && older.kind === 'answered') {
    const tries = joined(older.value.tries, newer.value.tries);
    return { kept: { ...newer, value: { ...newer.value, tries } }, lost: null };
  }
  if (newer.kind === 'exercise' && older.kind === 'exercise') {
    const checks = joined(older.value.checks, newer.value.checks);
    const solutionSeen = older.value.solutionSeen || newer.value.solutionSeen;
    return { kept: { ...newer, value: { checks, solutionSeen } }, lost: null };
  }
  if (newer.kind === 'versions' && older.kind === 'versions') {
    const { value } = newer;
    if (holdsAll(value, older.value)) return { kept: newer, lost: null };
    if (value.setAside !== null || older.value.setAside !== null) return { kept: newer, lost: older };
    return { kept: { ...newer, value: { ...value, setAside: older.value.mine } }, lost: null };
  }
  if (newer.kind === 'tried' && older.kind === 'tried') {
    const tries = joined(older.value.tries, newer.value.tries);
    const { draft } = older.value;
    const known =
      draft === null || [newer.value.draft, ...tries].some((one) => same(one?.answer, draft.answer));
    return { kept: { ...newer, value: { tries, draft: newer.value.draft } }, lost: known ? null : older };
  }
  if (newer.kind === 'assigned' && older.kind === 'assigned') {
    const { student } = older.value;
    return { kept: newer, lost: student === '' || student === newer.value.student ? null : older };
  }
  return { kept: newer, lost: same(newer.value, older.value) ? null : older };
}

/** By moment, each once: no two outcomes of one reader fall on the same millisecond. */
export function joined<T extends { readonly atMs: number }>(older: readonly T[], newer: readonly T[]): T[] {
  const byMoment = new Map([...older, ...newer].map((one) => [one.atMs, one]));
  return [...byMoment.values()].sort((a, b) => a.atMs - b.atMs);
}

/** Whether every text of `other` is somewhere in `value`. */
function holdsAll(value: SavedVersions, other: SavedVersions): boolean {
  const texts = [value.mine, value.setAside ?? {}].flatMap((each) => Object.entries(each).map(String));
  const own = [other.mine, other.setAside ?? {}].flatMap((each) => Object.entries(each).map(String));
  return own.every((text) => texts.includes(text));
}

export function same(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b);
}

/** JSON whose names are in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
