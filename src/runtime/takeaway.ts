// A sandbox as a folder that runs by `node run.mjs` alone: which files it holds, and where they lie in it. Pure; no file
// system. Refuses a sandbox that is not there, with a RunProblem; edits of files that the folder does not hold are left
// out, and so is the console, whose place the reader's own takes. Called by pages/labs, the Share tool and `brownout take`.
import { CONSOLE_FOLDER } from './console.ts';
import { RunProblem } from './runtime.ts';
import { isOfCourse, type Texts } from './sandbox.ts';

/** Where texts that every folder gets come from, below sandboxes/. */
const STARTER = '_take/';
const SHARED = '_shared/';

/** Texts by path in the folder; `texts` are those below sandboxes/, `licence` the text of LICENSE. */
export function takeawayFiles(sandbox: string, texts: Texts, licence: string): Texts {
  if (sandbox.startsWith('_') || texts[`${sandbox}/cluster.json`] === undefined) {
    const there = Object.keys(texts).flatMap((path) => /^([^/]+)\/cluster\.json$/.exec(path)?.[1] ?? []);
    throw new RunProblem({
      expected: `a sandbox (${there.sort().join(', ')})`,
      found: `'${sandbox}'`,
      fix: 'correct the name',
    });
  }
  const files: Record<string, string> = {
    LICENSE: licence,
    // Without it Node would have to guess, and says so for every file.
    'package.json': `${JSON.stringify({ private: true, type: 'module' })}\n`,
  };
  for (const [path, text] of Object.entries(texts)) {
    const isOwn = path.startsWith(`${sandbox}/`) && !isOfCourse(path.slice(sandbox.length + 1));
    if (isOwn || (path.startsWith(SHARED) && !path.startsWith(CONSOLE_FOLDER))) files[path] = text;
    else if (path.startsWith(STARTER)) files[path.slice(STARTER.length)] = text;
  }
  return files;
}

/** The folder with a reader's own version in place of the originals, without the shared files that nothing imports. */
export function withVersion(files: Texts, version: Texts): Texts {
  const mine = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, version[path] ?? text] as const),
  );
  const used = new Set<string>();
  const left = Object.keys(mine).filter((path) => !path.startsWith(SHARED));
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    used.add(path);
    for (const [, name = ''] of (mine[path] ?? '').matchAll(/['"](\.\.?\/[\w./-]+)['"]/g)) {
      const target = new URL(name, `file:///${path}`).pathname.slice(1);
      if (mine[target] !== undefined && !used.has(target)) left.push(target);
    }
  }
  return Object.fromEntries(
    Object.entries(mine)
      .filter(([path]) => used.has(path))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
