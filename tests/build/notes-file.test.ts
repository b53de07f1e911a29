// What authors of content/notes are told when an entry is wrong, word for word; and that the notes that are there come
// out with their sources counted, their chapters known, and the table's rows made of entries.
import { describe, expect, it } from 'vitest';
import { writtenChapters } from '../../src/build/chapter.ts';
import { course } from '../../src/build/course.ts';
import {
  comparedRows,
  NOTE_SETS,
  noteSet,
  notesCiting,
  parseComparedRows,
  parseNoteSet,
} from '../../src/build/notes-file.ts';

const entry = (id: string, lines: string, more = ''): string =>
  `      - { id: ${id}, lines: ${lines}, topic: T, notes: N, state: holds, holds: H, chapters: [1]${more} }\n`;
const set = (entries: string): string =>
  `title: T\nsays: S\nabout: A\nparts:\n  - title: P\n    entries:\n${entries}`;
const row = (more: string): string =>
  `rows:\n  - { id: r, topic: T, vertical: V, horizontal: H, notes: N, swapped: true, ${more} }\n`;

function complaintOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no complaint';
}

describe('a set of notes', () => {
  const complaint = (entries: string) =>
    complaintOf(() => parseNoteSet('infrastructure', 'n.yml', set(entries)));

  it('has each line or sentence in one entry', () => {
    expect(complaint(entry('a', '[1, 2/1]') + entry('b', '[2/2]'))).toBe('no complaint');
    expect(complaint(entry('a', '[1]') + entry('b', '[2, 1]'))).toBe(
      'n.yml:8:25: expected each line or sentence in one entry, found 1 here and 1 in `a`: take it from one, or name sentences as 5/2.',
    );
    expect(complaint(entry('a', '[2/1]') + entry('b', '[2]'))).toContain('found 2 here and 2/1 in `a`');
    expect(complaint(entry('a', '[2]') + entry('b', '[2/1]'))).toContain('found 2/1 here and 2 in `a`');
    expect(complaint(entry('a', '[]'))).toBe(
      'n.yml:7:25: expected parts 1, entries 1, lines to be right (one line of the original at least), found []: correct it there.',
    );
    expect(complaint(entry('a', '[x]'))).toContain('a line such as 5, or a sentence of one such as 5/2');
  });

  it('has ids of their own, chapters of the course, known states and known sources', () => {
    expect(complaint(entry('a', '[1]') + entry('a', '[2]'))).toBe(
      'n.yml:8:15: expected an id of its own, found `a` again: name it otherwise.',
    );
    expect(complaint(entry('a', '[1]').replace('[1] }', '[22] }'))).toMatch(
      /^n\.yml:7:\d+: expected chapters from 1 to 21, found 22: correct the number\.$/,
    );
    expect(complaint(entry('a', '[1]').replace('state: holds', 'state: true'))).toContain(
      'state to be right',
    );
    expect(complaint(entry('a', '[1]', ', sources: [no-such]'))).toBe(
      "n.yml: expected a key of content/references.yml, found 'no-such': add it there, or correct its spelling.",
    );
  });
});

describe('the table of up and out', () => {
  const third = noteSet('system-design');
  const complaint = (more: string) => complaintOf(() => parseComparedRows('t.yml', row(more), third));

  it('is made of entries, and each row of it is run in chapter 10', () => {
    expect(complaint('entries: [hybrid], chapters: [10]')).toBe('no complaint');
    expect(complaint('entries: [hybird], chapters: [10]')).toMatch(
      /^t\.yml:2:\d+: expected an entry of content\/notes\/system-design\.yml, found `hybird`: correct its spelling, or write the entry\.$/,
    );
    expect(complaint('entries: [hybrid], chapters: [14]')).toMatch(
      /^t\.yml:2:\d+: expected chapter 10, which runs every row, found 14: add it\.$/,
    );
  });

  it('says swapped exactly where an entry does not hold', () => {
    for (const { id, swapped, entries } of comparedRows())
      expect(swapped, id).toBe(entries.some(({ state }) => state === 'not'));
  });
});

describe('the notes that are there', () => {
  const entries = NOTE_SETS.flatMap((name) => noteSet(name).entries);

  it('know which chapters are written, and count the citations of a page', () => {
    for (const { slug, isWritten } of entries.flatMap(({ chapters }) => chapters))
      expect(isWritten).toBe(writtenChapters().includes(slug));
    const places = noteSet('infrastructure')
      .entries.flatMap(({ citations }) => citations)
      .filter(({ source }) => source === 'rfc6455')
      .map(({ place }) => place);
    expect(places).toEqual([1, 2]);
    expect(notesCiting().get('nist-800-145')).toHaveLength(NOTE_SETS.length);
  });

  it('lead to every chapter of the course', () => {
    const numbers = new Set(entries.flatMap(({ chapters }) => chapters.map(({ number }) => number)));
    const all = course.flatMap(({ chapters }) => chapters.map(({ number }) => number));
    expect(all.filter((number) => !numbers.has(number))).toEqual([]);
  });
});
