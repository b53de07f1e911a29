// What lies on a link or a disk, in words: in full for the tables, short for the drawing. Shapes stand beside words, so
// that nothing hangs on color. Pure. Used by links.tsx, machines.tsx and topology.tsx.
import type { LinkView } from '../../datacenter/contract.ts';
import type { DiskFaults } from './disk-faults.ts';
import { share } from './words.ts';

type Pair = readonly [number, number];

interface Kind {
  readonly of: (link: LinkView) => Pair | undefined;
  readonly words: (value: number) => string;
}

const kinds: readonly Kind[] = [
  { of: ({ delayMs }) => delayMs, words: (value) => `+${value} ms` },
  { of: ({ jitterMs }) => jitterMs, words: (value) => `≈ up to ${value} ms` },
  { of: ({ loss }) => loss, words: (value) => `loses ${share(value)}` },
  { of: ({ duplicate }) => duplicate, words: (value) => `doubles ${share(value)}` },
  { of: ({ reorder }) => reorder, words: (value) => `reorders ${share(value)}` },
  { of: ({ corrupt }) => corrupt, words: (value) => `corrupts ${share(value)}` },
  { of: ({ kilobitsPerSecond }) => kilobitsPerSecond, words: (value) => `${value} kbit/s` },
];

/** Every fault on a link with its direction; empty where it is as built. */
export function linkFaults(link: LinkView): readonly string[] {
  const { a, b, cut } = link;
  const faults: string[] = [];
  if (cut[0] && cut[1]) faults.push('✕ cut');
  else if (cut[0]) faults.push(`✕ cut ${a} → ${b}`);
  else if (cut[1]) faults.push(`✕ cut ${b} → ${a}`);
  for (const { of, words } of kinds) {
    const [forth, back] = of(link) ?? [0, 0];
    if (forth === back) {
      if (forth > 0) faults.push(words(forth));
      continue;
    }
    if (forth > 0) faults.push(`${words(forth)} → ${b}`);
    if (back > 0) faults.push(`${words(back)} → ${a}`);
  }
  return faults;
}

/** Short enough to stand on a road of the drawing: the first fault, and how many more. */
export function linkNote(link: LinkView): string {
  const { cut } = link;
  const notes: string[] = [];
  if (cut[0] && cut[1]) notes.push('✕ cut');
  else if (cut[0] || cut[1]) notes.push('✕ one way');
  for (const { of, words } of kinds) {
    const most = Math.max(...(of(link) ?? [0]));
    if (most > 0) notes.push(words(most));
  }
  return notes.length > 1 ? `${notes[0]}, ${notes.length - 1} more` : (notes[0] ?? '');
}

/** What is wrong with a machine's disk: `▼ disk full`; '' where nothing is. */
export function diskWords(faults: DiskFaults | undefined): string {
  if (faults === undefined) return '';
  if (faults.isFailing) return '▼ disk failing';
  if (faults.isFull) return '▼ disk full';
  return faults.slowMs > 0 ? `▼ disk +${faults.slowMs} ms` : '';
}
