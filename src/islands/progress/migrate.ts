// From version 1, entries of localStorage, to the records of version 2. Pure: the entries are left where they are, and
// that they were taken is marked in the database. What cannot be read, or version 1 had set aside itself, is set aside
// with a reason. Version 1 kept no times: its records bear the moment of the migration. Called by progress.ts.
import { type Aside, heldOf, keyOf, type ProgressRecord, readRecord } from './records.ts';
import { isRecord } from './shapes.ts';

export interface Migrated {
  readonly records: readonly ProgressRecord[];
  readonly asides: readonly Aside[];
}

const said = 'brownout:1:';
const versions = 'brownout:versions:1:';

export function isVersion1(key: string): boolean {
  return key.startsWith(said) || key.startsWith(versions);
}

export function fromVersion1(
  entries: readonly (readonly [key: string, text: string])[],
  nowMs: number,
): Migrated {
  const records: ProgressRecord[] = [];
  const asides: Aside[] = [];
  for (const [key, held] of entries) {
    if (!isVersion1(key)) continue;
    const record = recordOf(key, held, nowMs);
    if (typeof record === 'string') asides.push({ key, atMs: nowMs, why: record, held });
    else records.push(record);
  }
  return { records, asides };
}

/** The record, or why there is none. */
function recordOf(key: string, text: string, atMs: number): ProgressRecord | string {
  const unreadable = 'It could not be read when it was taken over from an earlier version of this site.';
  if (key.startsWith(`${said}aside:`) || key.startsWith(`${versions}unreadable:`))
    return 'An earlier version of this site could not read it.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable;
  }
  if (key.startsWith(versions))
    return readRecord({ kind: 'versions', name: key.slice(versions.length), atMs, value }) ?? unreadable;
  const [, what, name] = /^(quiz|prediction):(.+)$/s.exec(key.slice(said.length)) ?? [];
  if (what === 'prediction')
    return (
      readRecord({ kind: 'predicted', name, atMs, value: { said: value, near: null, of: null } }) ??
      unreadable
    );
  if (what !== 'quiz' || !isRecord(value)) return unreadable;
  const { seed = 1, ...answer } = value;
  return readRecord({ kind: 'answered', name, atMs, value: { answer, seed, tries: [] } }) ?? unreadable;
}

/** A record that cannot be kept as it is, as it is kept all the same. */
export function asideOf(key: string, held: unknown, why: string, atMs: number): Aside {
  return { key, atMs, why, held: typeof held === 'string' ? held : heldOf(held) };
}

/** A record that lost against a newer one. */
export function asideOfLost(lost: ProgressRecord, nowMs: number): Aside {
  return asideOf(keyOf(lost.kind, lost.name), lost, 'A newer one has taken its place.', nowMs);
}
