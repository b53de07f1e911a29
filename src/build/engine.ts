// Makes what the engine needs before anything boots: Node's library, and the scripts of its threads, page and Node.
// Run by `npm run prepare-engine` before build, test and dev; does nothing where all is current.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { NodeLibrary } from '../datacenter/datacenter.ts';
import { bundled, minified, PAGE_ENTRY, ROOT, withClassNames } from './engine-script.ts';
import { takeNodeLibrary } from './node-library.ts';
import { bundledSources } from './node-library-bundles.ts';
import { partLibrary } from './page-library.ts';
import { makeSupervisor } from './supervisor.ts';

const OUT = join(ROOT, '.generated');

/** What the library depends on: this Node, what is bundled into it, and the files that choose, change and minify. */
function libraryStamp(bundles: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(bundles));
  const own = readdirSync(import.meta.dirname).filter((name) => name.startsWith('node-library'));
  const loader = ['awaits.ts', 'edits.ts', 'library-awaits.ts', 'scopes.ts'].map(
    (name) => `../datacenter/node/loader/${name}`,
  );
  for (const file of [...own.sort(), ...loader]) hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex');
}

export function makeLibrary(): void {
  mkdirSync(OUT, { recursive: true });
  const stampFile = join(OUT, 'node-library.stamp');
  const bundles = bundledSources();
  const stamp = libraryStamp(bundles);
  const isCurrent =
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === stamp &&
    existsSync(join(OUT, 'node-library.json'));
  if (isCurrent) return;
  const taken = takeNodeLibrary();
  const library = { ...taken, sources: { ...taken.sources, ...bundles } };
  writeFileSync(join(OUT, 'node-library.json'), JSON.stringify(library));
  writeFileSync(stampFile, stamp);
  console.log(`took ${Object.keys(library.sources).length} modules of Node ${library.version}'s library`);
}

/** Parts the library for pages. */
export async function makePageLibrary(): Promise<void> {
  const library = JSON.parse(readFileSync(join(OUT, 'node-library.json'), 'utf8')) as NodeLibrary;
  writeFileSync(join(OUT, 'page-library-licence.txt'), library.licence);
  const { first, own, more } = await partLibrary(
    library,
    'The terms of Node.js are at /engine/node-library-licence.txt',
  );
  writeFileSync(join(OUT, 'page-library.json'), JSON.stringify(first));
  writeFileSync(join(OUT, 'page-library-own.json'), JSON.stringify(own));
  writeFileSync(join(OUT, 'page-library-more.json'), JSON.stringify(more));
}

/**
 * What the engine uses of the host after its thread was stripped: captured by name before that, at the top of
 * the one function that the bundle is.
 */
const HOST_NAMES = [
  'MessageChannel',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'addEventListener',
  'queueMicrotask',
  'setInterval',
  'structuredClone',
];

/** Bundles the worker's script for the page, and the compiler that comes to it as text. */
export function makeGuest(): void {
  buildSync({
    entryPoints: [join(ROOT, 'src/datacenter/compiler.ts')],
    outfile: join(OUT, 'compiler.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'brownoutCompilerModule',
    target: 'es2022',
    footer: { js: 'var brownoutCompiler=brownoutCompilerModule.compile;' },
    legalComments: 'eof',
    logLevel: 'warning',
  });
  const captured = HOST_NAMES.map((name) => `${name} = globalThis.${name}`).join(', ');
  const { text } = bundled(PAGE_ENTRY, {
    format: 'iife',
    banner: { js: `(() => { 'use strict'; const ${captured};` },
    footer: { js: '})();' },
  });
  writeFileSync(join(OUT, 'guest.js'), minified('guest.js', text));
}

/** Bundles the program of the data center's thread in Node: see runtime/thread-program.ts. */
export function makeNodeThread(): void {
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'src/runtime/node-thread.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    legalComments: 'eof',
    logLevel: 'warning',
    write: false,
  });
  writeFileSync(join(OUT, 'node-thread.js'), withClassNames(outputFiles[0]?.text ?? ''));
}

if (import.meta.main) {
  makeLibrary();
  makeGuest();
  makeNodeThread();
  makeSupervisor();
  await makePageLibrary();
}
