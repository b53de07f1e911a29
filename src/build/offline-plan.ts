// Makes /sw.js from the built site: the service worker of islands/offline with the list of every file that a reader may
// need without a network, each with its hash and size. Previews and what only other machines ask for are left out. The
// same site gives the same worker. Called by after-build.ts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { inRepository } from './root.ts';

const LEFT_OUT = /^\/(?:cards\/|pagefind\/wasm\.unknown|sitemap\.xml|robots\.txt|feed\.xml|_headers|sw\.js)/;

interface Plan {
  readonly version: string;
  readonly files: Readonly<Record<string, { readonly hash: string; readonly bytes: number }>>;
}

/** `read` gives a file by its address. */
export function offlinePlan(addresses: readonly string[], read: (address: string) => Buffer): Plan {
  const files = Object.fromEntries(
    addresses
      .filter((address) => !LEFT_OUT.test(address))
      .sort()
      .map((address) => {
        const content = read(address);
        const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
        return [address, { hash, bytes: content.length }];
      }),
  );
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  return { version, files };
}

export function serviceWorker(dist: string, addresses: readonly string[]): string {
  const plan = offlinePlan(addresses, (address) => readFileSync(join(dist, address)));
  const { outputFiles } = buildSync({
    entryPoints: [inRepository('src/islands/offline/worker.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { OFFLINE_PLAN: JSON.stringify(plan) },
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
