// An LMS package as files by path: the chapters' pages and what they need, a page of the player for each chapter, and
// the manifest. The same site gives the same files in the same order. Refuses a chapter that the built site does not have. Pure over
// what it is given to read. Called by cli/package.ts.
import { z } from 'zod';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Bytes, type Dist, siteFiles } from './files.ts';
import { launchPage } from './launch.ts';
import type { Launch, Standard } from './launch-data.ts';
import { manifestOf, type Unit } from './manifests.ts';

const PLAYER = 'lms/player.js';
const COURSE = 'Brownout';
const ABOUT = 'Learn how the internet stays up by taking it down.';
/** A name, not an address: for courses that nobody has put anywhere. */
const NO_SITE = 'urn:brownout:';

const planShape = z.array(
  z.object({
    slug: z.string(),
    number: z.number(),
    title: z.string(),
    sections: z.array(z.string()),
    predictions: z.array(z.string()),
    questions: z.array(z.string()),
    exercises: z.array(z.string()),
  }),
);
export type ChapterPlan = z.infer<typeof planShape>[number];

export interface Packing {
  readonly dist: Dist;
  readonly standard: Standard;
  /** In the course's order. */
  readonly chapters: readonly ChapterPlan[];
  readonly site: string | null;
  /** The script of the player's pages. */
  readonly player: string;
}

/** The chapters of the built site, in the course's order. */
export function plansIn(dist: Dist): readonly ChapterPlan[] {
  const bytes = dist('progress/plan.json');
  if (bytes === null) throw unbuilt('progress/plan.json', 'no such file');
  const read = planShape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.success) throw unbuilt('progress/plan.json', read.error.issues[0]?.message ?? 'another shape');
  return read.data.toSorted((one, other) => one.number - other.number);
}

export function packageFiles({
  dist,
  standard,
  chapters,
  site,
  player,
}: Packing): Record<string, string | Bytes> {
  const found = siteFiles({ dist, chapters: chapters.map(({ slug }) => slug), site });
  const only = chapters.length === 1 ? chapters[0] : undefined;
  const units = chapters.map((chapter): Unit & { readonly plan: ChapterPlan } => ({
    slug: chapter.slug,
    title: `${chapter.number} · ${chapter.title}`,
    about: aboutOf(dist, chapter.slug),
    start: only === undefined ? `chapter-${chapter.slug}.html` : 'index.html',
    plan: chapter,
  }));
  for (const { plan, start } of units) found.set(start, launchPage(launchOf(standard, plan), PLAYER));
  found.set(PLAYER, player);
  const files = [...found.keys()].sort();
  const { path, text } = manifestOf(standard, {
    id: only === undefined ? 'brownout' : `brownout-${only.slug}`,
    title: only === undefined ? COURSE : `${COURSE}: ${only.title}`,
    about: only === undefined ? ABOUT : aboutOf(dist, only.slug),
    iri: `${site === null ? NO_SITE : `${site}/`}${only === undefined ? 'course' : `chapter/${only.slug}`}`,
    units,
    files,
  });
  // First: some platforms look no further than the beginning.
  return { [path]: text, ...Object.fromEntries(files.map((file) => [file, found.get(file) ?? ''])) };
}

export function launchOf(standard: Standard, plan: ChapterPlan): Launch {
  const { slug, title, sections, questions, predictions, exercises } = plan;
  const page = `chapters/${slug}/index.html`;
  return { standard, chapter: slug, title, page, sections, questions, predictions, exercises };
}

/** What the chapter's own page says of itself. */
function aboutOf(dist: Dist, slug: string): string {
  const bytes = dist(`chapters/${slug}/index.html`);
  if (bytes === null) throw unbuilt(`chapters/${slug}/index.html`, 'no such file');
  const found = /<meta name="description" content="([^"]*)"/.exec(new TextDecoder().decode(bytes))?.[1];
  if (found === undefined) throw unbuilt(`chapters/${slug}/index.html`, 'a page without a description');
  return found
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

function unbuilt(file: string, found: string): RunProblem {
  return new RunProblem({
    file: `dist/${file}`,
    expected: 'the built site',
    found,
    fix: 'run `npm run build` first.',
  });
}
