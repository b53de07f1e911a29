// Host names in Unicode from their ASCII form (`xn--…`), by RFC 3492. Pure; gives a label back as it is where
// it does not decode. Called by bindings/encoding.ts and bindings/url.ts.

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const BIAS_FIRST = 72;
const CODE_FIRST = 128;

/** Section 3.4. */
function adapted(delta: number, points: number, isFirst: boolean): number {
  let left = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  left += Math.floor(left / points);
  let k = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) left = Math.floor(left / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}

function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 22;
  if (unit >= 97 && unit <= 122) return unit - 97;
  return BASE;
}

/** Section 6.2; null where the text is no Punycode. */
function decoded(text: string): string | null {
  const hyphen = text.lastIndexOf('-');
  const points = [...text.slice(0, Math.max(0, hyphen))].map((one) => one.codePointAt(0) ?? 0);
  let at = hyphen < 0 ? 0 : hyphen + 1;
  let code = CODE_FIRST;
  let bias = BIAS_FIRST;
  let i = 0;
  while (at < text.length) {
    const before = i;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      if (Number.isNaN(digit) || digit >= BASE) return null;
      i += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapted(i - before, points.length + 1, before === 0);
    code += Math.floor(i / (points.length + 1));
    i %= points.length + 1;
    if (code > 0x10ffff) return null;
    points.splice(i++, 0, code);
  }
  return String.fromCodePoint(...points);
}

export function unicodeHost(host: string): string {
  return host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decoded(label.slice(4)) ?? label) : label))
    .join('.');
}
