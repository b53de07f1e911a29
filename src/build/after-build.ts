// What is made from the built pages when all of them are there, in this order: cards, sitemap, the index of the search,
// the service worker's list, and the headers. Astro calls it after `astro build`; each part is a file beside this one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { FRAME } from '../runtime/datacenter.ts';
import { builtFiles, builtPages, robots, sitemap } from './built-site.ts';
import { cardOf } from './card-name.ts';
import { drawCard } from './cards.ts';
import { headerRules, headersFile, inlineScripts } from './headers.ts';
import { serviceWorker } from './offline-plan.ts';
import { makeSearchIndex } from './search-index.ts';

export function afterBuild(): AstroIntegration {
  let site = '';
  return {
    name: 'brownout-after-build',
    hooks: {
      'astro:config:done': ({ config }) => {
        site = config.site ?? '';
      },
      'astro:build:done': async ({ dir, logger }) => {
        const dist = fileURLToPath(dir).replace(/\/$/, '');
        const put = (address: string, content: string | Uint8Array): void =>
          writeFileSync(join(dist, address), content);
        const pages = builtPages(dist);
        mkdirSync(join(dist, 'cards'), { recursive: true });
        for (const page of pages) put(cardOf(page.address), await drawCard(page));
        put('sitemap.xml', sitemap(pages, site));
        put('robots.txt', robots(site));
        const found = await makeSearchIndex(dist);
        put('sw.js', serviceWorker(dist, builtFiles(dist)));
        put('_headers', headersFile(headerRules(builtFiles(dist), pages, inlineScripts(FRAME)[0] ?? '')));
        logger.info(
          `${pages.length} cards, ${found} pages in the search; links name ${site} (BROWNOUT_SITE)`,
        );
      },
    },
  };
}
