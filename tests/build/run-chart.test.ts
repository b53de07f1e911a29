// The words of a chart's marks: inside the drawing, never upon one another, and in the top row where they can be.
// Looks at places only; how a chart is drawn is seen in the pages.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeMarks } from '../../src/build/run-chart-marks.ts';

const width = 340;
const lengthOf = (words: string): number => words.length * 7.3;

test('no words of marks meet, and all are inside where they fit at all', () => {
  const mark = fc.record({
    words: fc.integer({ min: 1, max: 45 }).map((length) => 'x'.repeat(length)),
    x: fc.integer({ min: 62, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 8 }), (unsorted) => {
      const placed = placeMarks(
        unsorted.sort((a, b) => a.x - b.x),
        width,
      );
      for (const [index, one] of placed.entries()) {
        expect(one.from).toBeGreaterThanOrEqual(0);
        if (lengthOf(one.words) < one.x - 5)
          expect(one.from + lengthOf(one.words)).toBeLessThanOrEqual(width);
        for (const other of placed.slice(0, index)) {
          const apart =
            other.from + lengthOf(other.words) <= one.from || one.from + lengthOf(one.words) <= other.from;
          expect(other.row !== one.row || apart, JSON.stringify([other, one])).toBe(true);
        }
      }
    }),
  );
});

test('two that have room stand in one row; on a phone they do not, and the last stands left of its line', () => {
  const marks = [
    { words: 'kill cache', x: 100 },
    { words: 'restart cache', x: 260 },
  ];
  expect(placeMarks(marks, 820).map(({ row }) => row)).toEqual([0, 0]);
  const [, last] = placeMarks(marks, width);
  expect(last).toMatchObject({ row: 1 });
  expect(last?.from).toBeLessThan(260);
});
