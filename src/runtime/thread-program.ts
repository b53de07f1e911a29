// Which file the data center's thread runs in Node: the engine in one file, as `npm run prepare-engine` makes it, or
// its sources where they are newer. Stripping the types of two hundred files takes four times as long as the boot of
// a cluster. Called by node-datacenter.ts.
import { readdirSync, statSync } from 'node:fs';

const SOURCES = new URL('./node-thread.ts', import.meta.url);
const BUNDLE = new URL('../../.generated/node-thread.js', import.meta.url);
/** What goes into the bundle, packages apart: those change with the lockfile only. */
const PARTS = [new URL('../datacenter/', import.meta.url), new URL('.', import.meta.url)];

export function threadProgram(): URL {
  const madeMs = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return madeMs > 0 && PARTS.every((folder) => isOlder(folder, madeMs)) ? BUNDLE : SOURCES;
}

function isOlder(folder: URL, thanMs: number): boolean {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    if (statSync(path).mtimeMs > thanMs || (entry.isDirectory() && !isOlder(path, thanMs))) return false;
  }
  return true;
}
