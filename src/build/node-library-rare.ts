// Makes the engine's rare part (datacenter/node/rare.ts) a module of Node's library. It holds what no other part of the
// page's engine imports; the rest is passed in. Refuses values that are not. Called by node-library-bundles.ts.
import { join } from 'node:path';
import { sharedNames } from '../datacenter/datacenter.ts';
import { type Bundled, bundled, minified, PAGE_ENTRY, ROOT } from './engine-script.ts';

const SHARED = 'src/datacenter/node/rare-shared.ts';

/** A function expression: given what is shared, gives the exports of rare.ts. */
export function rareSource(): string {
  const { files } = bundled(PAGE_ENTRY, { format: 'iife' });
  const { text } = bundled(join(ROOT, 'src/datacenter/node/rare.ts'), {
    format: 'cjs',
    external: [...files.keys()].map((file) => join(ROOT, file)),
    outfile: 'src/datacenter/node/rare.js',
  });
  complainAboutShared(text, files);
  const wrapped = `$=function (shared) {'use strict';const {structuredClone} = shared, require = () => shared, module = {};${text}
return module.exports;}`;
  return `(${minified('rare.js', wrapped).trim().replace(/^\$=/, '').replace(/;$/, '')})`;
}

/** What is shared must be all that the rare part takes, and must not keep a file in the page's engine by itself. */
function complainAboutShared(text: string, files: Bundled['files']): void {
  const shared = new Set(sharedNames());
  const used = [...text.matchAll(/\bimport_\w+\.(\w+)/g)].map(([, name = '']) => name);
  const missing = [...new Set(used)].filter((name) => !shared.has(name));
  const elsewhere = new Set([...files].flatMap(([file, imports]) => (file === SHARED ? [] : imports)));
  const kept = (files.get(SHARED) ?? []).filter((file) => !elsewhere.has(file));
  if (missing.length + kept.length === 0) return;
  throw new Error(
    kept.length > 0
      ? `${SHARED}: expected values of files that the page's engine has anyway, found ${kept.sort().join(', ')}: take these out`
      : `${SHARED}: expected all that the rare part takes from the rest of the engine, found no ${missing.sort().join(', ')}: add what is missing`,
  );
}
