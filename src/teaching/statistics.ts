// What the answers of a class say of a question: how hard it was, whether it tells who knows more, how many were right at
// once. Pure. Says null where there is too little to say it. Used by report.ts and tables.ts.

export interface ItemAnswers {
  /** What each student earned on it, from 0 to 1; those who left it out earned 0. */
  readonly scores: readonly number[];
  /** What the same students earned on everything else. */
  readonly rest: readonly number[];
  /** Whether the first try was right, for those who tried. */
  readonly first: readonly boolean[];
  /** Minutes from the first try to the last, as browsers say. */
  readonly minutes: readonly number[];
}
export interface ItemStatistics {
  /** Mean score: 1 is easy. */
  readonly difficulty: number | null;
  /** Correlation of the item with the rest of the test: point-biserial where scores are 0 or 1. */
  readonly discrimination: number | null;
  readonly firstTryRight: number | null;
  readonly medianMinutes: number | null;
}

/** No correlation is said of fewer. */
const STUDENTS_MIN = 3;

export function itemStatistics({ scores, rest, first, minutes }: ItemAnswers): ItemStatistics {
  return {
    difficulty: mean(scores),
    discrimination: correlation(scores, rest),
    firstTryRight: mean(first.map(Number)),
    medianMinutes: median(minutes),
  };
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Pearson's r; null for fewer than three pairs, or where one side never differs. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [mean(a), mean(b)];
  if (a.length !== b.length || a.length < STUDENTS_MIN || meanA === null || meanB === null) return null;
  let [both, squaresA, squaresB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [offA, offB] = [value - meanA, (b[index] ?? 0) - meanB];
    both += offA * offB;
    squaresA += offA * offA;
    squaresB += offB * offB;
  });
  if (squaresA < 1e-12 || squaresB < 1e-12) return null;
  return Math.max(-1, Math.min(1, both / Math.sqrt(squaresA * squaresB)));
}
