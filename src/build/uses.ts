// Which words of the glossary and which sources each chapter uses, found in its prose, so that no list goes stale.
// Counts uses in the order of the text. Called by the glossary, the references and MDX components.
import { readFileSync } from 'node:fs';
import { chapterOf, writtenChapters } from './chapter.ts';
import { inRepository } from './root.ts';

/** The MDX text of a chapter's folder, such as 'content/chapters/11-load-balancing'. */
export function proseOf(folder: string): string {
  return readFileSync(inRepository(folder, 'index.mdx'), 'utf8');
}

const patterns = { Cite: /<Cite\s[^>]*source="([^"]+)"/g, Term: /<Term\s[^>]*name="([^"]+)"/g } as const;

/** How often each key is used. */
export function usesIn(prose: string, component: keyof typeof patterns): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, key = ''] of prose.matchAll(patterns[component])) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function usedIn(folder: string, component: keyof typeof patterns): Map<string, number> {
  return usesIn(proseOf(folder), component);
}

export interface ChapterUse {
  readonly number: number;
  readonly title: string;
  readonly address: string;
}

/** Written chapters that use a key, in the order of the course. */
export function chaptersUsing(component: keyof typeof patterns): Map<string, ChapterUse[]> {
  const found = new Map<string, ChapterUse[]>();
  const places = writtenChapters().map((slug) => chapterOf(slug));
  for (const { number, title, slug, folder } of places.sort((a, b) => a.number - b.number)) {
    for (const key of usedIn(folder, component).keys()) {
      found.set(key, [...(found.get(key) ?? []), { number, title, address: `/chapters/${slug}/` }]);
    }
  }
  return found;
}
