// What a reader downloads: little before anyone touches a page, whatever its kind, and a bounded amount on Run.
// Counts gzip bytes of what came over the network, and of scripts and styles that stand in the page itself.
import { gzipSync } from 'node:zlib';
import { expect, type Page, type Response, test } from '@playwright/test';

const STYLES_AND_SCRIPTS_MAX = 20_000;
const SCRIPTS_MAX = 5_000;
const RUN_MAX = 400_000;
/** Comes three seconds after any sign of a reader: see islands/frame.ts. A busy computer runs no sooner. */
const LATER = /^\/_astro\/(register|reading)\b/;

const gzipped = (content: string | Buffer): number => gzipSync(content).length;

/** Every response from now on, until it is called. */
function watched(page: Page): () => Promise<[path: string, bytes: number][]> {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.url().startsWith('http')) responses.push(response);
  });
  return () =>
    Promise.all(
      responses
        .splice(0)
        .map(async (each) => [new URL(each.url()).pathname, gzipped(await each.body())] as [string, number]),
    );
}

function sum(files: readonly (readonly [string, number])[], pattern = /./): number {
  return files.reduce((total, [path, bytes]) => total + (pattern.test(path) ? bytes : 0), 0);
}

for (const path of [
  '/',
  '/contents/',
  '/glossary/',
  '/references/',
  '/engine/',
  '/chapters/load-balancing/',
]) {
  test(`${path} is light before anyone touches it`, async ({ page }) => {
    const loaded = watched(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    const inline = async (selector: string): Promise<number> => {
      const texts = await page.locator(selector).allTextContents();
      return texts.join('') === '' ? 0 : gzipped(texts.join('\n'));
    };
    const files = await loaded();
    const scripts =
      sum(files, /\.js$/) +
      (await inline('script:not([src]):is([type="module"], :not([type]), [type="text/javascript"])'));
    const styles = sum(files, /\.css$/) + (await inline('style'));
    expect(scripts, `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(SCRIPTS_MAX);
    expect(scripts + styles, `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(STYLES_AND_SCRIPTS_MAX);
  });
}

test('Run loads no more than it must', async ({ page }) => {
  const loaded = watched(page);
  await page.goto('/chapters/load-balancing/', { waitUntil: 'networkidle' });
  await loaded();
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect(page.locator('[data-served="balancer"]')).toHaveText(/[1-9]/);
  const files = (await loaded()).filter(([path]) => !LATER.test(path));
  expect(files.map(([path]) => path)).toContain('/engine/guest.js');
  expect(sum(files), `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(RUN_MAX);
});
