// Keeps what the reader said (predictions, quiz answers) in the browser's localStorage, one versioned entry a name.
// Never throws: where storage is forbidden or full nothing is kept, and what does not fit its schema is set aside
// under another name, not overwritten. Called by the quiz and predict islands.
const prefix = 'brownout:1:';

/** Gives the value if it is of the right shape, else undefined. Zod is too heavy to load for so little. */
export type Shape<T> = (value: unknown) => T | undefined;

export function recall<T>(name: string, shape: Shape<T>): T | undefined {
  try {
    const text = localStorage.getItem(prefix + name);
    if (text === null) return undefined;
    const value = shape(safely(text));
    if (value === undefined) localStorage.setItem(`${prefix}aside:${name}`, text);
    return value;
  } catch {
    return undefined;
  }
}

/** True when it was kept. */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number' && Number.isFinite(each));
}
