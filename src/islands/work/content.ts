// What an assignment's items are on this site, fetched: the questions of its chapters, without their keys. Of the same build as
// this script. Rejects where the site cannot be reached. Called by page.tsx.
import type { Assignment } from '../../teaching/assignment.ts';
import type { Catalogue } from '../assign/catalogue.ts';
import { type ChapterQuestions, type Content, chaptersOf } from './items.ts';

export async function fetchContent(assignment: Assignment, catalogue: Catalogue): Promise<Content> {
  const chapters = chaptersOf(assignment, catalogue);
  const all = await Promise.all(chapters.map(async (slug) => [slug, await fetchChapter(slug)] as const));
  return { catalogue, questions: new Map(all) };
}

async function fetchChapter(slug: string): Promise<ChapterQuestions> {
  const address = `/work/questions/${slug}.json`;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`expected ${address}, found status ${answer.status}: try again.`);
  return (await answer.json()) as ChapterQuestions;
}
