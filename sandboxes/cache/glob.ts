// Patterns for keys, as KEYS and SCAN take them: `*`, `?`, `[a-z]`, `[^a]`, and `\` before a character that means itself.
// Takes at most length of pattern times length of text steps, whatever the pattern: no regular expression, whose time
// a client could make explode. Used by commands-keys.ts and commands-server.ts.

/** Whether the pattern matches the whole text. */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let in_ = 0;
  // Where to go back to: the last star, and how much of the text it has swallowed.
  let star = -1;
  let swallowed = 0;
  while (at < text.length) {
    const next = in_ < pattern.length ? one(pattern, in_, text[at] ?? '') : -1;
    if (pattern[in_] === '*') {
      star = in_++;
      swallowed = at;
    } else if (next >= 0) {
      in_ = next;
      at++;
    } else if (star >= 0) {
      in_ = star + 1;
      at = ++swallowed;
    } else return false;
  }
  while (pattern[in_] === '*') in_++;
  return in_ === pattern.length;
}

/** Where the pattern goes on if its element at `from` matches the character; -1 if it does not. */
function one(pattern: string, from: number, character: string): number {
  const sign = pattern[from];
  if (sign === '?') return from + 1;
  if (sign === '[') return oneOf(pattern, from + 1, character);
  const escaped = sign === '\\' && from + 1 < pattern.length;
  const meant = escaped ? pattern[from + 1] : sign;
  return meant === character ? from + (escaped ? 2 : 1) : -1;
}

function oneOf(pattern: string, from: number, character: string): number {
  let at = from;
  const isNegated = pattern[at] === '^';
  if (isNegated) at++;
  let isIn = false;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    const low = pattern[at] ?? '';
    const isRange = pattern[at + 1] === '-' && at + 2 < pattern.length;
    const high = isRange ? (pattern[at + 2] ?? '') : low;
    const [least, most] = low <= high ? [low, high] : [high, low];
    isIn ||= character >= least && character <= most;
    at += isRange ? 3 : 1;
  }
  return isIn === isNegated ? -1 : Math.min(at + 1, pattern.length);
}
