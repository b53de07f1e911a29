// Bundles the libraries that stand in for parts of Node's native side into modules of its library, so that pages fetch
// them only when a program needs them (datacenter/node/bundles.ts says which). Called by engine.ts.
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { rareSource } from './node-library-rare.ts';

const FOLDER = join(import.meta.dirname, '../datacenter/node');

/** Module id to a function expression that gives the bundle's exports. */
export function bundledSources(): Record<string, string> {
  return {
    'internal/brownout/contexts': bundled('algorithms/contexts.ts'),
    'internal/brownout/digests': bundled('algorithms/digests.ts'),
    'internal/brownout/deflate': bundled('algorithms/deflate.ts'),
    'internal/brownout/http2': bundled('http2/library.ts'),
    'internal/brownout/rare': rareSource(),
  };
}

function bundled(file: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(FOLDER, file)],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'bundle',
    target: 'es2022',
    legalComments: 'eof',
    logLevel: 'warning',
    write: false,
  });
  const text = outputFiles[0]?.text;
  if (text === undefined) throw new Error(`${file}: expected one bundle, found none`);
  return `(function () {'use strict';${text}\nreturn bundle;\n})`;
}
