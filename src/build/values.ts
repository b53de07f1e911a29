// How the numbers of runs are printed on pages. Pure. The values themselves are in grading/run-values.ts.
// Used by everything that prints values.
import type { Value } from '../grading/run-values.ts';

/** 1,234 · 26.4 · 8.13; whole numbers as they are; words as they are. */
export function printed(value: Value, digits?: number): string {
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  const usual = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const places = digits ?? usual;
  return value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });
}
