// Tables and statistics of the instructors' side by properties: CSV comes back as it was and no cell is a formula; sheets of Moodle and
// Canvas keep what is not a grade; statistics are what their definitions say. Seeds of failing cases are printed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGradebook } from '../../src/teaching/canvas.ts';
import { cellText, csvText, parseCsv } from '../../src/teaching/csv.ts';
import { originOf } from '../../src/teaching/layout.ts';
import { moodleTime, readWorksheet } from '../../src/teaching/moodle.ts';
import { correlation, itemStatistics, median } from '../../src/teaching/statistics.ts';

const cell = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\n', '\r', '\t', ' ', 'a', '7', '李', '＝'),
});

test('a table that is written and read is the same, apart from apostrophes before formulas', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      const read = parseCsv('t', csvText(rows));
      const bare = (all: readonly (readonly string[])[]) =>
        all.map((row) => row.map((one) => one.replace(/^'/, '')));
      expect(bare(read)).toEqual(bare(rows));
    }),
  );
});

test('no cell begins as a formula does, unless it is a number', () => {
  fc.assert(
    fc.property(cell, (text) => {
      const [[shown = ''] = []] = parseCsv('t', `${cellText(text)},x`);
      expect(/^\s*[=+\-@＝]/.test(shown) && !/^-?\d+$/.test(shown)).toBe(false);
    }),
  );
  expect(cellText('-12.5')).toBe('-12.5');
  expect(cellText('=1+1')).toBe("'=1+1");
  expect(() => parseCsv('t.csv', 'a,"b')).toThrow('t.csv: expected a closing quotation mark');
});

test("Moodle's worksheet keeps its rows, and times are read in the zone", () => {
  const head =
    'Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments';
  const row = (who: number) =>
    `Participant ${who},"Submitted, for grading",,100.00,Yes,"Monday, 23 November 2026, 11:59 PM",-,`;
  const sheet = readWorksheet('w.csv', `\uFEFF${head}\r\n${row(7)}\r\n${row(8)}\r\n`, 'Europe/Vienna', 100);
  expect(sheet.entries.get('moodle 7')?.submittedMs).toBe(Date.parse('2026-11-23T22:59:00Z'));
  const filled = parseCsv('w.csv', sheet.fill(new Map([['moodle 8', { grade: 62.504, comment: '=late' }]])));
  const [, first = [], second = []] = filled;
  expect(first.slice(0, 4)).toEqual(['Participant 7', 'Submitted, for grading', '', '100.00']);
  expect([second[2], second[7]]).toEqual(['62.5', "'=late"]);
  expect(() => readWorksheet('w.csv', `${head}\r\n${row(7)}`, 'UTC', 10)).toThrow(
    'expected a maximum grade of 10',
  );
  expect(() => readWorksheet('w.csv', 'a,b\r\n', 'UTC', 10)).toThrow("expected Moodle's grading worksheet");
  expect(moodleTime('lundi 23 novembre 2026', 'UTC')).toBeNull();
});

test("Canvas's gradebook gives back identities, points and grades", () => {
  const text =
    'Student,ID,SIS User ID,SIS Login ID,Section,Homework (99),Other\r\n    Points Possible,,,,,10,5\r\n"Lee, Ann",12,s12,ann,A,3,1\r\n"Śmit, Bo",13,s13,bo,A,,2\r\n';
  const sheet = readGradebook('c.csv', text, 'Homework', 10);
  const rows = parseCsv('c.csv', sheet.fill(new Map([['canvas 13', { grade: 9.5, comment: '' }]])));
  expect(rows).toEqual([
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Homework (99)'],
    ['    Points Possible', '', '', '', '', '10'],
    ['Lee, Ann', '12', 's12', 'ann', 'A', '3'],
    ['Śmit, Bo', '13', 's13', 'bo', 'A', '9.5'],
  ]);
});

test('names of platforms say whose work it is', () => {
  const of = (path: string) => originOf(path).identity;
  expect(of('Participant_1234_assignsubmission_file_/a.submission.json')).toBe('moodle 1234');
  expect(of('class/Łukasz Ó_77_assignsubmission_file_/a.json')).toBe('moodle 77');
  expect(of('Ann Lee_77_assignsubmission_file_a.json')).toBe('moodle 77');
  expect(of('leeann_12_3456_ann.submission.json')).toBe('canvas 12');
  expect(originOf('leeann_LATE_12_3456_ann.submission.json')).toMatchObject({
    identity: 'canvas 12',
    saysLate: true,
  });
  expect(of('ann.submission.json')).toBeNull();
});

test('statistics are what their definitions say', () => {
  const score = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), score), { minLength: 3, maxLength: 30 }), (students) => {
      const ones = students.map(([right]) => Number(right));
      const rest = students.map(([, other]) => other);
      const r = correlation(ones, rest);
      // Point-biserial: the gap between the groups' means, in standard deviations, times the root of p·q.
      const group = (is: number) => rest.filter((_, index) => ones[index] === is);
      const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
      const deviation = Math.sqrt(mean(rest.map((one) => (one - mean(rest)) ** 2)));
      const [p, gap] = [mean(ones), mean(group(1)) - mean(group(0))];
      if (r === null) expect(p === 0 || p === 1 || deviation < 1e-6).toBe(true);
      else expect(r).toBeCloseTo((gap / deviation) * Math.sqrt(p * (1 - p)), 9);
    }),
  );
  expect(median([3, 1, 2, 10])).toBe(2.5);
  expect(itemStatistics({ scores: [], rest: [], first: [], minutes: [] })).toEqual({
    difficulty: null,
    discrimination: null,
    firstTryRight: null,
    medianMinutes: null,
  });
});
