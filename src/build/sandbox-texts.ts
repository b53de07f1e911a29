// Every file below sandboxes/ as text, by path below it. Imports none of them, and refuses none.
// Called by engine-run.ts and the command line.
import { readdir, readFile } from 'node:fs/promises';
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
