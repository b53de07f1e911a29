// Astro's content collections: the chapters, and what is written about the engine and for instructors, read from content/.
// Their frontmatter's schema is in build/chapter.ts. Read by Astro alone.

import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'zod';
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

/** Pages below /engine/, beside the engine's own. */
const engine = defineCollection({
  loader: glob({ base: './content/engine', pattern: '*.{md,mdx}' }),
  schema: z.strictObject({ title: z.string().optional(), summary: z.string().optional() }),
});

/** The guide for instructors, at /teach/. */
const teach = defineCollection({
  loader: glob({ base: './content/teach', pattern: '*.md' }),
  schema: z.strictObject({ title: z.string(), summary: z.string() }),
});

export const collections = { chapters, engine, teach };
