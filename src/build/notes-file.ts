// Reads content/notes: three sets of notes with what holds beside them, and the table of up and out put right. Refuses
// ids, lines and sources that are wrong, with the place in the file. Which lines the originals have, tests/house knows.
// Called by pages/notes and by the list of references.
import { z } from 'zod';
import { type ChapterPlace, chapterOf, referenceOf, references, writtenChapters } from './chapter.ts';
import { complain, listed } from './complain.ts';
import { course } from './course.ts';
import { inlineHtml } from './inline.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

/** In their order; also the names of the files and the last part of the addresses. */
export const NOTE_SETS = ['infrastructure', 'scalability-lecture', 'system-design'] as const;
export type NoteSetName = (typeof NOTE_SETS)[number];

/** How the notes stand to what holds, and the word for it. */
export const NOTE_STATES = {
  holds: 'holds',
  part: 'holds in part',
  not: 'does not hold',
  open: 'left open',
} as const;
export type NoteState = keyof typeof NOTE_STATES;

const TABLE_FILE = 'content/notes/up-or-out.yml';
/** The chapter that runs every row of the table. */
const TABLE_CHAPTER = 10;

const text = z.string().trim().min(1);
/** Without markup; with the apostrophes of print. */
const plain = text.transform((said) => said.replace(/(\w)'(\w)/g, '$1’$2'));
const id = z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens');
const chapterNumbers = z.array(z.number().int());
const line = z
  .union([z.number().int(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^[1-9]\d*(?:\/[1-9]\d*)?$/, 'a line such as 5, or a sentence of one such as 5/2'));
const cited = z.union([
  id.transform((source) => ({ source, at: undefined })),
  z.strictObject({ source: id, at: text }),
]);
const entrySchema = z.strictObject({
  id,
  lines: z.array(line).min(1, 'one line of the original at least'),
  topic: plain,
  notes: text,
  state: z.enum(['holds', 'part', 'not', 'open']),
  holds: text,
  sources: z.array(cited).default([]),
  chapters: chapterNumbers,
});
const setSchema = z.strictObject({
  title: plain,
  says: plain,
  about: text,
  parts: z.array(z.strictObject({ title: plain, entries: z.array(entrySchema).min(1) })).min(1),
});
const tableSchema = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        id,
        topic: plain,
        vertical: text,
        horizontal: text,
        notes: text,
        swapped: z.boolean(),
        entries: z.array(id).min(1),
        chapters: chapterNumbers,
      }),
    )
    .min(1),
});

/** A citation in a text: the nth of its source on the page. */
export interface NoteCitation {
  readonly source: string;
  readonly at: string | undefined;
  readonly short: string;
  readonly place: number;
}
export interface NoteChapter extends ChapterPlace {
  readonly isWritten: boolean;
}
export interface NoteEntry {
  readonly id: string;
  readonly lines: readonly string[];
  readonly topic: string;
  readonly notesHtml: string;
  readonly state: NoteState;
  readonly holdsHtml: string;
  readonly citations: readonly NoteCitation[];
  readonly chapters: readonly NoteChapter[];
}
export interface NoteSet {
  readonly name: NoteSetName;
  readonly title: string;
  readonly says: string;
  readonly aboutHtml: string;
  readonly parts: readonly { readonly title: string; readonly entries: readonly NoteEntry[] }[];
  /** All entries, in order. */
  readonly entries: readonly NoteEntry[];
}
export interface ComparedRow {
  readonly id: string;
  readonly topic: string;
  readonly verticalHtml: string;
  readonly horizontalHtml: string;
  readonly notesHtml: string;
  /** Whether the notes had it under the wrong head. */
  readonly swapped: boolean;
  readonly entries: readonly NoteEntry[];
  readonly chapters: readonly NoteChapter[];
}

export function noteSet(name: NoteSetName): NoteSet {
  const path = `content/notes/${name}.yml`;
  return checkedSet(name, readYaml(path, setSchema));
}

export function parseNoteSet(name: NoteSetName, path: string, yaml: string): NoteSet {
  return checkedSet(name, parseYaml(path, yaml, setSchema));
}

function checkedSet(name: NoteSetName, file: YamlFile<z.output<typeof setSchema>>): NoteSet {
  const counts = new Map<string, number>();
  const ids = new Set<string>();
  const lines = new Map<string, string>();
  const known = new Map(references());
  const parts = file.value.parts.map(({ title, entries }, part) => ({
    title,
    entries: entries.map((entry, index) => {
      const at = ['parts', part, 'entries', index];
      if (ids.has(entry.id)) {
        complainAt(file, [...at, 'id'], 'an id of its own', `\`${entry.id}\` again`, 'name it otherwise.');
      }
      ids.add(entry.id);
      for (const each of entry.lines) takeLine(file, [...at, 'lines'], lines, each, entry.id);
      const citations = entry.sources.map(({ source, at: where }) => {
        const { short } = known.get(source) ?? referenceOf(file.path, source);
        const place = (counts.get(source) ?? 0) + 1;
        counts.set(source, place);
        return { source, at: where, short, place };
      });
      const { id: entryId, topic, state } = entry;
      const [notesHtml, holdsHtml] = [html(entry.notes), html(entry.holds)];
      const chapters = chaptersOf(file, [...at, 'chapters'], entry.chapters);
      return { id: entryId, lines: entry.lines, topic, notesHtml, state, holdsHtml, citations, chapters };
    }),
  }));
  const { title, says, about } = file.value;
  return { name, title, says, aboutHtml: html(about), parts, entries: parts.flatMap((part) => part.entries) };
}

/** A line, or a sentence of it, has one entry; a line that is cut into sentences is named by them only. */
function takeLine(
  file: YamlFile<unknown>,
  at: readonly PropertyKey[],
  taken: Map<string, string>,
  wanted: string,
  entry: string,
): void {
  const whole = wanted.replace(/\/.*/, '');
  const other = [...taken.keys()].find(
    (each) => each === wanted || each === whole || (wanted === whole && each.startsWith(`${whole}/`)),
  );
  if (other !== undefined) {
    const found = `${wanted} here and ${other} in \`${taken.get(other)}\``;
    complainAt(
      file,
      at,
      'each line or sentence in one entry',
      found,
      'take it from one, or name sentences as 5/2.',
    );
  }
  taken.set(wanted, entry);
}

/** The table put right, with the entries of the third set that its rows are made of. */
export function comparedRows(): ComparedRow[] {
  return checkedRows(readYaml(TABLE_FILE, tableSchema), noteSet('system-design'));
}

export function parseComparedRows(path: string, yaml: string, set: NoteSet): ComparedRow[] {
  return checkedRows(parseYaml(path, yaml, tableSchema), set);
}

function checkedRows(file: YamlFile<z.output<typeof tableSchema>>, set: NoteSet): ComparedRow[] {
  return file.value.rows.map((row, index) => {
    if (!row.chapters.includes(TABLE_CHAPTER)) {
      const expected = `chapter ${TABLE_CHAPTER}, which runs every row`;
      complainAt(file, ['rows', index, 'chapters'], expected, listed(row.chapters.map(String)), 'add it.');
    }
    const entries = row.entries.map((wanted, place) => {
      const entry = set.entries.find((each) => each.id === wanted);
      const expected = `an entry of content/notes/${set.name}.yml`;
      const fix = 'correct its spelling, or write the entry.';
      return entry ?? complainAt(file, ['rows', index, 'entries', place], expected, `\`${wanted}\``, fix);
    });
    return {
      id: row.id,
      topic: row.topic,
      verticalHtml: html(row.vertical),
      horizontalHtml: html(row.horizontal),
      notesHtml: html(row.notes),
      swapped: row.swapped,
      entries,
      chapters: chaptersOf(file, ['rows', index, 'chapters'], row.chapters),
    };
  });
}

function chaptersOf(
  file: YamlFile<unknown>,
  at: readonly PropertyKey[],
  numbers: readonly number[],
): NoteChapter[] {
  const all = course.flatMap((part) => part.chapters);
  const written = new Set(writtenChapters());
  return numbers.map((number) => {
    const chapter = all.find((each) => each.number === number);
    if (chapter === undefined) {
      return complainAt(file, at, `chapters from 1 to ${all.length}`, String(number), 'correct the number.');
    }
    return { ...chapterOf(chapter.slug), isWritten: written.has(chapter.slug) };
  });
}

function complainAt(
  file: YamlFile<unknown>,
  at: readonly PropertyKey[],
  expected: string,
  found: string,
  fix: string,
): never {
  return complain({ file: file.path, ...file.line(at), expected, found, fix });
}

const html = (inline: string): string => inlineHtml(inline, (run, name) => `{${run}:${name}}`);

/** Sources that sets of notes cite, each with the addresses of the first citations. */
export function notesCiting(): Map<string, { readonly title: string; readonly address: string }[]> {
  const found = new Map<string, { readonly title: string; readonly address: string }[]>();
  for (const set of NOTE_SETS.map(noteSet)) {
    for (const { source, place } of set.entries.flatMap((entry) => entry.citations)) {
      if (place > 1) continue;
      const use = { title: `Notes: ${set.title}`, address: `/notes/${set.name}/#cite-${source}-1` };
      found.set(source, [...(found.get(source) ?? []), use]);
    }
  }
  return found;
}
