// Puts a few words behind each chapter in the contents: how much of it was read and answered. Nothing for a chapter that
// was not begun; nothing at all where it cannot be known. Loaded late by pages/contents.astro.
import { fetchPlan } from './course.ts';
import { openProgress } from './open.ts';
import { markOf, Records, standingIn } from './summary.ts';

export async function showMarks(): Promise<void> {
  const progress = await openProgress();
  if (progress.all().length === 0) return;
  const records = new Records(progress.all());
  for (const chapter of await fetchPlan()) {
    const mark = markOf(chapter, standingIn(chapter, records, Date.now()));
    const place = document.querySelector(`[data-mark="${chapter.slug}"]`);
    if (place !== null) place.textContent = mark;
  }
}
