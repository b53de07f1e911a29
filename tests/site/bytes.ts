// What came over the network to a page, in gzip bytes, and what it may cost to press Run.
// Holds no test. Used by bytes.spec.ts and chapters.spec.ts.
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** With the engine, 300 KB, which a reader has from the first Run on. */
export const RUN_BYTES_MAX = 400_000;
/** Of a sandbox that is larger, or uses parts of Node's library that most do not: datagrams, promises of files. */
export const LARGE_RUN_BYTES_MAX = 480_000;

export type Loaded = readonly (readonly [path: string, bytes: number])[];

export const gzipped = (content: string | Buffer): number => gzipSync(content).length;

/** Every response from now on, until it is called; then from that call on. */
export function watchBytes(page: Page): () => Promise<Loaded> {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith('http')) responses.push(response);
  });
  return () =>
    Promise.all(
      responses
        .splice(0)
        .map(async (each) => [new URL(each.url()).pathname, gzipped(await each.body())] as const),
    );
}

export function bytesOf(files: Loaded, pattern = /./): number {
  return files.reduce((total, [path, bytes]) => total + (pattern.test(path) ? bytes : 0), 0);
}
