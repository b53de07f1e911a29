// The built site as a list of its files and pages, for what is made after the build: cards, search, policies, the list
// of the service worker. Reads dist only. Called by after-build.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BuiltPage {
  /** '/', '/chapters/load-balancing/', '/404.html'. */
  readonly address: string;
  readonly html: string;
  readonly title: string;
  readonly description: string;
  /** Whether search engines may have it. */
  readonly isListed: boolean;
}

/** Addresses of all files below a folder: '/index.html', '/_astro/x.js'. Sorted. */
export function builtFiles(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length).replaceAll('\\', '/'))
    .map((path) => (path.startsWith('/') ? path : `/${path}`))
    .sort();
}

export function builtPages(dist: string): BuiltPage[] {
  return builtFiles(dist)
    .filter((path) => path.endsWith('.html'))
    .map((path) => {
      const html = readFileSync(join(dist, path), 'utf8');
      return {
        address: path.replace(/\/index\.html$/, '/'),
        html,
        title: metaOf(html, 'og:title'),
        description: metaOf(html, 'og:description'),
        isListed: html.includes('rel="canonical"'),
      };
    });
}

function metaOf(html: string, property: string): string {
  const content = new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(html)?.[1] ?? '';
  return content
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** For search engines: the addresses of all pages that may be found. */
export function sitemap(pages: readonly Pick<BuiltPage, 'address' | 'isListed'>[], site: string): string {
  const urls = pages
    .filter(({ isListed }) => isListed)
    .map(({ address }) => `  <url><loc>${new URL(address, site).href.replaceAll('&', '&amp;')}</loc></url>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
}

export function robots(site: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${new URL('/sitemap.xml', site).href}\n`;
}
