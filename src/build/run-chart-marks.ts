// Where the words of a chart's marks stand: each beside its line, in the first row in which they meet no others.
// Pure; knows widths only as characters of the mono type. Called by run-chart.ts.

/** Of the mono type at 12 px. */
const CHARACTER = 7.3;
const AWAY = 5;
const BETWEEN = 6;

export interface PlacedMark {
  readonly words: string;
  /** Of the line. */
  readonly x: number;
  /** Where the words begin. */
  readonly from: number;
  /** From the top, counting from 0. */
  readonly row: number;
}

/** `marks` in order of time; `width` is the drawing's. Words that fit on neither side of their line begin at 0. */
export function placeMarks(
  marks: readonly { readonly words: string; readonly x: number }[],
  width: number,
): PlacedMark[] {
  const ends: number[] = [];
  return marks.map(({ words, x }) => {
    const length = words.length * CHARACTER;
    const fits = x + AWAY + length <= width;
    const from = fits ? x + AWAY : Math.max(0, x - AWAY - length);
    const free = ends.findIndex((end) => end + BETWEEN <= from);
    const row = free < 0 ? ends.length : free;
    ends[row] = from + length;
    return { words, x, from, row };
  });
}
