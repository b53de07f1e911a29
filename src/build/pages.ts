// Which pages the site has, by their addresses: what is not written yet is linked nowhere.
// Looks at src/pages only; pages made from content (chapters) are asked of chapter.ts. Called by components.
import { existsSync } from 'node:fs';
import { inRepository } from './root.ts';

/** Whether src/pages has a page for an address such as '/progress/'. */
export function hasPage(address: string): boolean {
  const name = address.replaceAll(/^\/|\/$/g, '');
  return [`${name}.astro`, `${name}/index.astro`].some((file) => existsSync(inRepository('src/pages', file)));
}
