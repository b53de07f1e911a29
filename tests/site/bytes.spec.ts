// What a reader downloads before anyone touches a page, whatever its kind: little.
// Counts gzip bytes of what came over the network, and of scripts and styles that stand in the page itself.
// What Run costs is counted for every chapter in chapters.spec.ts.
import { expect, test } from '@playwright/test';
import { chapters } from './built-pages.ts';
import { bytesOf, gzipped, watchBytes } from './bytes.ts';

const STYLES_AND_SCRIPTS_MAX = 20_000;
const SCRIPTS_MAX = 5_000;

for (const path of ['/', '/contents/', '/glossary/', '/references/', '/engine/', ...chapters]) {
  test(`${path} is light before anyone touches it`, async ({ page }) => {
    const loaded = watchBytes(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    const inline = async (selector: string): Promise<number> => {
      const texts = await page.locator(selector).allTextContents();
      return texts.join('') === '' ? 0 : gzipped(texts.join('\n'));
    };
    const files = await loaded();
    const scripts =
      bytesOf(files, /\.js$/) +
      (await inline('script:not([src]):is([type="module"], :not([type]), [type="text/javascript"])'));
    const styles = bytesOf(files, /\.css$/) + (await inline('style'));
    expect(scripts, `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(SCRIPTS_MAX);
    expect(scripts + styles, `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(STYLES_AND_SCRIPTS_MAX);
  });
}
