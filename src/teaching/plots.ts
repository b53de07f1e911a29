// Two plots of a graded class as SVG text: how many earned how much, and how hard each item was. Pure; numbers are rounded, so that
// equal results give equal bytes. Escapes names. Used by report.ts.
import { numberText } from './csv.ts';
import { escaped } from './html.ts';

const WIDTH = 640;
const ROW = 22;

/** Ten classes of equal width; the last one holds full marks. */
export function histogramSvg(title: string, values: readonly number[], most: number): string {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const value of values) {
    const at = Math.min(9, Math.max(0, Math.floor((value / most) * 10)));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const highest = Math.max(1, ...counts);
  const bars = counts.map((count, index) => {
    const [x, height] = [index * 60 + 20, (count / highest) * 120];
    const from = numberText((index * most) / 10);
    return `<rect x="${x}" y="${numberText(140 - height)}" width="54" height="${numberText(height)}" fill="#3a6ea5"/><text x="${x}" y="158">${from}</text><text x="${x + 20}" y="${numberText(134 - height)}">${count === 0 ? '' : count}</text>`;
  });
  return svg(title, 170, bars);
}

/** `share` from 0 to 1. */
export function barsSvg(
  title: string,
  rows: readonly { readonly name: string; readonly share: number }[],
): string {
  const bars = rows.map(({ name, share }, index) => {
    const y = index * ROW + 8;
    const label = escaped(name.length > 38 ? `${name.slice(0, 37)}…` : name);
    return `<text x="0" y="${y + 12}">${label}</text><rect x="320" y="${y}" width="${numberText(share * 260)}" height="14" fill="#3a6ea5"/><text x="586" y="${y + 12}">${numberText(share * 100, 0)}%</text>`;
  });
  return svg(title, rows.length * ROW + 12, bars);
}

function svg(title: string, height: number, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img" font-size="13" font-family="sans-serif"><title>${escaped(title)}</title>${parts.join('')}</svg>`;
}
