// Finds a chapter's folder and reads what lies beside its prose: lab.yml, quiz.yml, the glossary, the references.
// Complains about a folder that the course does not know. Called by pages and MDX components at build time.
import { existsSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { complain } from './complain.ts';
import { type CourseChapter, course, folderOf } from './course.ts';
import { inRepository } from './root.ts';
import { readYaml } from './yaml.ts';

export interface ChapterPlace extends CourseChapter {
  /** Below the repository's root: 'content/chapters/11-load-balancing'. */
  readonly folder: string;
}

/** The frontmatter of a chapter's index.mdx. */
export const chapterSchema = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(20).max(200),
  opening: z.string().min(40),
  minutes: z.number().int().min(5).max(60),
  after: z.array(z.number().int().min(1).max(21)),
  sandbox: z.string().regex(/^[a-z0-9-]+$/),
});

const chapters = course.flatMap((part) => part.chapters);

/** The chapter of a slug, such as that of the page being built. */
export function chapterOf(slug: string | undefined): ChapterPlace {
  const chapter = chapters.find((candidate) => candidate.slug === slug);
  if (chapter === undefined) {
    complain({
      expected: 'a chapter of src/build/course.ts',
      found: `'${slug ?? ''}'`,
      fix: 'use the component in a chapter only.',
    });
  }
  return { ...chapter, folder: `content/chapters/${folderOf(chapter)}` };
}

/** Slugs of the chapters that are written. Complains about folders that are no chapter's. */
export function writtenChapters(): string[] {
  const folders = existsSync(inRepository('content/chapters'))
    ? readdirSync(inRepository('content/chapters'))
    : [];
  return folders
    .filter((folder) => existsSync(inRepository('content/chapters', folder, 'index.mdx')))
    .map((folder) => {
      const chapter = chapters.find((candidate) => folderOf(candidate) === folder);
      return (
        chapter?.slug ??
        complain({
          file: `content/chapters/${folder}`,
          expected: 'a folder named as in src/build/course.ts, such as 11-load-balancing',
          found: `'${folder}'`,
          fix: 'rename it, or add the chapter to the course.',
        })
      );
    });
}

const referenceSchema = z.strictObject({
  short: z.string().min(1),
  title: z.string().min(1),
  authors: z.string().min(1),
  year: z.number().int(),
  url: z.url({ protocol: /^https?$/ }),
});
export type Reference = z.output<typeof referenceSchema>;

const glossarySchema = z.strictObject({ term: z.string().min(1), meaning: z.string().min(10) });
export type GlossaryEntry = z.output<typeof glossarySchema>;

/** An entry of content/references.yml. `file` is who asks. */
export function referenceOf(file: string, key: string): Reference {
  return entryOf('content/references.yml', referenceSchema, file, key);
}

/** An entry of content/glossary.yml. `file` is who asks. */
export function termOf(file: string, key: string): GlossaryEntry {
  return entryOf('content/glossary.yml', glossarySchema, file, key);
}

/** All words, by the word. */
export function glossary(): [key: string, entry: GlossaryEntry][] {
  return Object.entries(entriesOf('content/glossary.yml', glossarySchema)).sort(([, a], [, b]) =>
    a.term.localeCompare(b.term, 'en'),
  );
}

/** All sources, by who wrote them. */
export function references(): [key: string, reference: Reference][] {
  return Object.entries(entriesOf('content/references.yml', referenceSchema)).sort(([, a], [, b]) =>
    a.authors.localeCompare(b.authors, 'en'),
  );
}

function entriesOf<S extends z.ZodType>(list: string, schema: S): Record<string, z.output<S>> {
  return readYaml(list, z.record(z.string().regex(/^[a-z0-9-]+$/), schema)).value;
}

function entryOf<S extends z.ZodType>(list: string, schema: S, file: string, key: string): z.output<S> {
  const entry = entriesOf(list, schema)[key];
  if (entry !== undefined) return entry;
  return complain({
    file,
    expected: `a key of ${list}`,
    found: `'${key}'`,
    fix: 'add it there, or correct its spelling.',
  });
}
