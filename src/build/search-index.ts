// Makes the index of the search from the built pages, with Pagefind: what stands in <main data-pagefind-body>, by page
// and section, without programs and what asks the reader something. Writes /pagefind/, of which only the reader's script and the index are kept. Called by after-build.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { close, createIndex } from 'pagefind';

/** Pagefind's own pages and older doors, which the site does not use. */
const UNUSED = /pagefind-(?:ui|modular-ui|component-ui|highlight)/;

interface Said {
  readonly errors: readonly string[];
}

export async function makeSearchIndex(dist: string): Promise<number> {
  try {
    const { index, errors } = await createIndex({
      forceLanguage: 'en',
      excludeSelectors: ['.code', 'svg', '[data-island]', '.cmp', '.anchor', '.meaning', '.used'],
    });
    if (index === undefined) throw new Error(`expected a search index, found: ${errors.join('; ')}.`);
    const added = await index.addDirectory({ path: dist });
    complainOf(added);
    const made = await index.getFiles();
    complainOf(made);
    for (const { path, content } of made.files) {
      if (UNUSED.test(path)) continue;
      const file = join(dist, 'pagefind', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return added.page_count;
  } finally {
    await close();
  }
}

function complainOf({ errors }: Said): void {
  if (errors.length > 0) throw new Error(`expected a search index, found: ${errors.join('; ')}.`);
}
