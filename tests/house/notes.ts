// The lines of the original notes as fingerprints, and what must be so of them: each has one entry in content/notes, and
// no entry is without. The originals are not in the repository; where they are at hand, fingerprints are compared with
// them. Pure. Used by notes.test.ts.
import { createHash } from 'node:crypto';

/** A line (5) or a sentence of one (5/2): its fingerprint, its length, and the entry that accounts for it. */
export type FingerprintedLine = readonly [piece: string, fingerprint: string, length: number, entry: string];

export interface NamedLines {
  readonly id: string;
  readonly lines: readonly string[];
}

export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 10);
}

/** What is wrong between a set's entries and the table of its lines. */
export function accountComplaints(
  set: string,
  entries: readonly NamedLines[],
  table: readonly FingerprintedLine[],
): string[] {
  const file = `content/notes/${set}.yml`;
  const pieces = table.map(([piece]) => piece);
  const twice = pieces.filter((piece, index) => pieces.indexOf(piece) !== index);
  const lost = table.flatMap(([piece, , , entry]) => {
    const naming = entries.filter(({ lines }) => lines.includes(piece)).map(({ id }) => id);
    return naming.length === 1 && naming[0] === entry
      ? []
      : [
          `${file}: expected line ${piece} in entry ${entry}, found it in ${naming.join(', ') || 'none'}: add it to \`lines\` there, or correct tests/house/notes-lines.ts.`,
        ];
  });
  const unknown = entries.flatMap(({ id, lines }) =>
    lines
      .filter((piece) => !pieces.includes(piece))
      .map((piece) => `${file}: entry ${id} names line ${piece}, which the original does not have.`),
  );
  const idle = entries
    .filter(({ lines }) => lines.length === 0)
    .map(({ id }) => `${file}: entry ${id} names no line.`);
  return [
    ...twice.map((piece) => `tests/house/notes-lines.ts: line ${piece} of ${set} stands there twice.`),
    ...lost,
    ...unknown,
    ...idle,
  ];
}

/** The original's lines that are not blank; those in `cut` as sentences. */
export function piecesOf(original: string, cut: ReadonlySet<number>): [piece: string, text: string][] {
  return original.split('\n').flatMap((line, index): [string, string][] => {
    const number = index + 1;
    if (line.trim() === '') return [];
    if (!cut.has(number)) return [[String(number), line.trim()]];
    return sentencesOf(line).map((sentence, place) => [`${number}/${place + 1}`, sentence]);
  });
}

function sentencesOf(line: string): string[] {
  return line.trim().split(/(?<=[.?!])\s+(?=[A-Z])/);
}

/** Runs of so many words, addresses aside, that a text shares with the original: copied instead of said anew. */
export function copiedRuns(original: string, text: string, words: number): string[] {
  const runs = (of: string): string[] => {
    const all =
      of
        .toLowerCase()
        .replace(/https?:\S+/g, '')
        .match(/[a-z0-9’']+/g) ?? [];
    return all
      .map((_, at) => all.slice(at, at + words).join(' '))
      .slice(0, Math.max(0, all.length - words + 1));
  };
  const known = new Set(runs(original));
  return [...new Set(runs(text))].filter((run) => known.has(run));
}
