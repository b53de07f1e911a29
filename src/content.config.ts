// Astro's content collections: the chapters, read from content/ at the root of the repository.
// Their frontmatter's schema is in build/chapter.ts. Read by Astro alone.

import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { chapterSchema } from './build/chapter.ts';

const chapters = defineCollection({
  loader: glob({
    base: './content/chapters',
    pattern: '*/index.mdx',
    // '11-load-balancing/index.mdx' is the chapter 'load-balancing'.
    generateId: ({ entry }) => entry.replace(/^\d+-/, '').replace(/\/index\.mdx$/, ''),
  }),
  schema: chapterSchema,
});

export const collections = { chapters };
