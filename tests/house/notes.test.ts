// Every line of the original notes is accounted for by one entry of content/notes, and none was copied. With
// BROWNOUT_NOTES=FOLDER, where the originals are, fingerprints and words are compared with the originals themselves.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTE_SETS, noteSet } from '../../src/build/notes-file.ts';
import { accountComplaints, copiedRuns, type FingerprintedLine, fingerprintOf, piecesOf } from './notes.ts';
import { noteLines } from './notes-lines.ts';

const folder = process.env['BROWNOUT_NOTES'];

describe('lines of the notes', () => {
  const table: FingerprintedLine[] = [
    ['1', fingerprintOf('One.'), 4, 'a'],
    ['3/1', fingerprintOf('Two.'), 4, 'b'],
  ];

  it('that no entry or a wrong one accounts for are found', () => {
    const [a, b] = [
      { id: 'a', lines: ['1'] },
      { id: 'b', lines: ['3/1'] },
    ];
    expect(accountComplaints('x', [a, b], table)).toEqual([]);
    expect(accountComplaints('x', [a], table)).toEqual([
      'content/notes/x.yml: expected line 3/1 in entry b, found it in none: add it to `lines` there, or correct tests/house/notes-lines.ts.',
    ]);
    expect(accountComplaints('x', [a, b, { id: 'c', lines: ['1', '4'] }], table)).toEqual([
      'content/notes/x.yml: expected line 1 in entry a, found it in a, c: add it to `lines` there, or correct tests/house/notes-lines.ts.',
      'content/notes/x.yml: entry c names line 4, which the original does not have.',
    ]);
    expect(accountComplaints('x', [a, b, { id: 'c', lines: [] }], [...table, ...table.slice(0, 1)])).toEqual([
      'tests/house/notes-lines.ts: line 1 of x stands there twice.',
      'content/notes/x.yml: entry c names no line.',
    ]);
  });

  it('are counted without blank ones, and cut into sentences where the table has sentences', () => {
    expect(piecesOf('# A\n\n B c. D etc. e! \n \nF. G', new Set([3]))).toEqual([
      ['1', '# A'],
      ['3/1', 'B c.'],
      ['3/2', 'D etc. e!'],
      ['5', 'F. G'],
    ]);
    expect(copiedRuns('The cat sat on a mat', 'There the cat sat, on it', 4)).toEqual(['the cat sat on']);
  });

  for (const name of NOTE_SETS) {
    it(`of ${name} each have one entry, and every entry has lines`, () => {
      expect(accountComplaints(name, noteSet(name).entries, noteLines[name]?.lines ?? [])).toEqual([]);
    });
  }
});

const isThere = folder !== undefined && existsSync(folder);
const why = isThere ? '' : ' (skipped: BROWNOUT_NOTES does not name a folder with the originals)';
describe.skipIf(!isThere)(`the originals${why}`, () => {
  for (const name of NOTE_SETS) {
    const { original = '', lines = [] } = noteLines[name] ?? {};
    const textOf = () => readFileSync(join(folder ?? '', original), 'utf8');

    it(`${original} has the lines of the table, and no others`, () => {
      const cut = new Set(
        lines.filter(([piece]) => piece.includes('/')).map(([piece]) => parseInt(piece, 10)),
      );
      const found = piecesOf(textOf(), cut).map(([piece, text]) => [piece, fingerprintOf(text), text.length]);
      expect(found).toEqual(lines.map(([piece, fingerprint, length]) => [piece, fingerprint, length]));
    });

    it(`${original} was not copied: no seven words in a row`, () => {
      expect(copiedRuns(textOf(), readFileSync(`content/notes/${name}.yml`, 'utf8'), 7)).toEqual([]);
    });
  }
});
