// The little questions that hand-written shapes are made of: is it a record, numbers, texts, a count? Pure.
// Zod is too heavy for a page. Used by records.ts and wherever the page reads what it did not write.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isNumber);
}

/** A whole number from 0: a count, or a moment in milliseconds. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** Texts by name. */
export function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}
