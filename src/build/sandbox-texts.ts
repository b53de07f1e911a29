// Every file below sandboxes/ as text, by path below it, and one sandbox as the folder that readers take away. Imports
// none of them; refuses a sandbox that is not there. Called by engine-run.ts, pages/labs and the command line.
import { readdir, readFile } from 'node:fs/promises';
import { takeawayFiles } from '../runtime/takeaway.ts';
import { inRepository } from './root.ts';

/** Source text by path below `sandboxes/`, such as `load-balancer/pick.ts`. */
export async function sandboxTexts(): Promise<Record<string, string>> {
  const root = inRepository('sandboxes');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const texts: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    texts[path.slice(root.length + 1).replaceAll('\\', '/')] = await readFile(path, 'utf8');
  }
  return texts;
}

/** Texts by path in the folder, with all of what sandboxes share. */
export async function takeawayOf(sandbox: string): Promise<Readonly<Record<string, string>>> {
  const licence = await readFile(inRepository('LICENSE'), 'utf8');
  return takeawayFiles(sandbox, await sandboxTexts(), licence);
}
