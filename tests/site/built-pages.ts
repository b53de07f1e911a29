// Which pages the built site has, read from dist/: so that no page is forgotten by the tests that look at all of them.
// Holds no test. Used by reading.spec.ts, bytes.spec.ts and chapters.spec.ts.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../dist');

/** Paths of all pages, sorted: '/', '/contents/', '/404.html'. */
export const pages: readonly string[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => `${entry.parentPath.slice(root.length).replaceAll('\\', '/')}/${entry.name}`)
  .map((path) => path.replace(/index\.html$/, ''))
  .sort();

export const chapters: readonly string[] = pages.filter((path) => /^\/chapters\/[^/]+\/$/.test(path));

/** Pages of the chapters' further labs. */
export const sideLabs: readonly string[] = pages.filter((path) => path.startsWith('/labs/'));
