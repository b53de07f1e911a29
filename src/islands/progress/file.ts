// Progress as a file: JSON with a version, to be taken to another browser. Pure. A file that is not ours, or of a newer
// version, is refused as expected, found, fix; within a file of ours each record is read by itself, and what cannot be
// read is set aside and counted. Every text in it is the reader's or hostile: never HTML. Used by page.tsx.
import { asideOf } from './migrate.ts';
import { type Aside, formatVersion, type ProgressRecord, readAside, readRecord } from './records.ts';
import { isRecord } from './shapes.ts';

export const bytesMax = 50_000_000;
const format = 'brownout-progress';

export interface ImportedFile {
  readonly records: readonly ProgressRecord[];
  readonly asides: readonly Aside[];
  /** How many of the asides are records of this file that could not be read. */
  readonly unreadable: number;
}

export class FileProblem extends Error {
  constructor(expected: string, found: string, fix: string) {
    super(`Expected ${expected}, found ${found}. ${fix} Nothing here was changed.`);
  }
}

export function fileText(records: readonly ProgressRecord[], asides: readonly Aside[], now: Date): string {
  const file = { format, version: formatVersion, exportedAt: now.toISOString(), records, asides };
  return `${JSON.stringify(file, null, 1)}\n`;
}

export function fileName(now: Date): string {
  return `brownout-progress-${now.toISOString().slice(0, 10)}.json`;
}

/** Throws FileProblem. Moments in the future count as now, or they would win for ever. */
export function readFile(text: string, nowMs: number): ImportedFile {
  const ours = 'a file that “Save as a file” on this page has made';
  const choose = 'Choose that file; its name begins with brownout-progress.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FileProblem(ours, text === '' ? 'an empty file' : 'a file that is not JSON', choose);
  }
  if (!isRecord(value) || value['format'] !== format)
    throw new FileProblem(ours, 'JSON of another kind', choose);
  const { version, records, asides = [] } = value;
  if (typeof version === 'number' && version > formatVersion)
    throw new FileProblem(
      `version ${formatVersion} of the file or an older one`,
      `version ${version}`,
      'A newer version of this site has made it: reload this page, then try again.',
    );
  if (version !== formatVersion || !Array.isArray(records) || !Array.isArray(asides))
    throw new FileProblem(
      ours,
      'one that has lost its version or its records',
      'Save it anew where it comes from.',
    );
  const read: ProgressRecord[] = [];
  const aside: Aside[] = asides.flatMap((raw: unknown) => readAside(raw) ?? []);
  let unreadable = 0;
  for (const raw of records as unknown[]) {
    const record = readRecord(raw);
    if (record === null) {
      unreadable += 1;
      aside.push(asideOf(nameOf(raw), raw, 'It came from a file and could not be read.', nowMs));
    } else read.push({ ...record, atMs: Math.min(record.atMs, nowMs) });
  }
  return { records: read, asides: aside, unreadable };
}

function nameOf(raw: unknown): string {
  return isRecord(raw) ? `${String(raw['kind']).slice(0, 40)} ${String(raw['name']).slice(0, 300)}` : '?';
}
