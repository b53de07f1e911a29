// Several tries of one measurement: the median, and how far they lie apart. Pure.
// Used by everything in bench/.

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly tries: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return {
    median: (upper + lower) / 2,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
    tries: sorted.length,
  };
}

/** Such as `412 (398 to 455)`. */
export function inWords(spread: Spread, digits = 0): string {
  const text = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text(spread.median)} (${text(spread.least)} to ${text(spread.most)})`;
}
