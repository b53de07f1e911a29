// Notes which sections of a chapter were read: a section counts when its heading was in view and, some seconds later,
// its end. Costs little: the browser tells of the headings, one look every few seconds, one write at most for each look.
// Loaded late by islands/frame.ts, when the reader has begun and the browser has nothing else to do.
import { openProgress } from './open.ts';

const everyMs = 4_000;
const leastMs = 3_000;

interface Section {
  readonly id: string;
  seenMs: number | null;
  endMs: number | null;
}

export async function noteReading(article: HTMLElement, chapter: string): Promise<void> {
  const progress = await openProgress();
  const headings = [...article.querySelectorAll<HTMLElement>('.headed > h2[id]')];
  const last = article.lastElementChild;
  const known = new Set(progress.get('read', chapter)?.sections ?? []);
  const sections = headings.map(({ id }): Section => ({ id, seenMs: null, endMs: null }));
  if (sections.every(({ id }) => known.has(id))) return;
  const marks = new Map<Element, number>(headings.map((heading, index) => [heading, index]));
  if (last !== null) marks.set(last, headings.length);
  const observer = new IntersectionObserver((entries) => {
    const now = Date.now();
    for (const { target, isIntersecting } of entries) {
      const index = marks.get(target);
      if (index === undefined || !isIntersecting) continue;
      const begun = sections[index];
      if (begun !== undefined) begun.seenMs ??= now;
      // A heading is also the end of the section before it. It may stay in view: then the next look counts it.
      const ended = sections[index - 1];
      if (ended !== undefined && ended.seenMs !== null) ended.endMs = now;
    }
  });
  for (const mark of marks.keys()) observer.observe(mark);
  const look = (): void => {
    const now = Date.now();
    const read = sections.filter(
      ({ id, seenMs, endMs }) =>
        !known.has(id) && seenMs !== null && endMs !== null && now - seenMs >= leastMs,
    );
    for (const { id } of read) known.add(id);
    if (read.length === 0) return;
    progress.update('read', chapter, (old) => ({
      sections: [...new Set([...(old?.sections ?? []), ...read.map(({ id }) => id)])],
    }));
    if (sections.some(({ id }) => !known.has(id))) return;
    observer.disconnect();
    clearInterval(timer);
  };
  const timer = setInterval(look, everyMs);
  addEventListener('pagehide', look);
}
