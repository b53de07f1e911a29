// Plots of a graded class as SVG text: how many earned how much, and the share of an item that was earned. Pure; numbers
// are rounded, so that equal results give equal bytes. Colours are report.ts's, which uses them.
import { numberText } from './csv.ts';
import { escaped } from './html.ts';

const WIDTH = 648;

/** Ten classes of equal width; the last one holds full marks. */
export function histogramSvg(title: string, values: readonly number[], most: number): string {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const value of values) {
    const at = Math.min(9, Math.max(0, Math.floor((value / most) * 10)));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const highest = Math.max(1, ...counts);
  const bars = counts.map((count, index) => {
    const [x, height] = [index * 62 + 10, (count / highest) * 120];
    const top = numberText(140 - height);
    const number = count === 0 ? '' : `<text x="${x + 31}" y="${numberText(134 - height)}">${count}</text>`;
    return `<rect class="bar" x="${x + 4}" y="${top}" width="54" height="${numberText(height)}"/>${number}`;
  });
  const edges = Array.from({ length: 11 }, (_, index) => {
    return `<text x="${index * 62 + 10}" y="160">${numberText((index * most) / 10)}</text>`;
  });
  const words = `${title}: ${counts.map((count, index) => `${count} from ${numberText((index * most) / 10)}`).join(', ')}`;
  const parts = [...bars, '<rect x="10" y="140" width="620" height="1"/>', ...edges].join('');
  return `<svg viewBox="-4 0 ${WIDTH} 166" width="${WIDTH}" role="img" font-size="15" text-anchor="middle"><title>${escaped(words)}</title>${parts}</svg>`;
}

/** A bar for a cell of a table; the number stands beside it. `share` from 0 to 1. */
export function shareSvg(share: number): string {
  return `<svg viewBox="0 0 100 10" width="100" height="10" aria-hidden="true"><rect y="9" width="100" height="1"/><rect class="bar" width="${numberText(share * 100)}" height="10"/></svg>`;
}
