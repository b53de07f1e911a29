// A built site of two chapters, as small as one can be and still have everything that a package rewrites or leaves out.
// Holds no test. Used by lms-package.test.ts.
import type { Bytes, Dist } from '../../src/teaching/lms/files.ts';

const page = (title: string, main: string, scripts = ''): string =>
  `<!DOCTYPE html><html lang="en"><head><title>${title}</title><meta name="description" content="Of ${title} &amp; more."><link rel="canonical" href="http://localhost:4321/"><meta property="og:url" content="http://localhost:4321/"><link rel="icon" href="/favicon.svg"><link rel="alternate" href="/feed.xml"><style>@font-face{src:url(/_astro/serif.woff2)}</style></head><body><a class="skip" href="#main">Skip</a><header class="top"><a class="name" href="/">Brownout</a><nav aria-label="Site" id="ways" popover><a href="/contents/">Contents</a><a href="/search/">Search</a><label>Theme</label></nav></header><main id="main">${main}</main><footer class="foot"><p>Brownout. Nothing is sent anywhere; what you answer stays in this browser.</p><p><a href="/contents/">Contents</a><a href="/glossary/">Glossary</a><a href="/licence/">Licence</a></p></footer><script type="module" src="/_astro/page.js"></script>${scripts}</body></html>`;

const plan = (slug: string, number: number) => ({
  slug,
  number,
  title: `On ${slug}`,
  sections: ['one', 'two'],
  predictions: [],
  questions: ['which'],
  exercises: [`${slug}/mend`],
});

export const files: Readonly<Record<string, string>> = {
  'progress/plan.json': JSON.stringify([plan('queues', 5), plan('caches', 3)]),
  'chapters/caches/index.html': page(
    'Caches',
    '<article data-chapter="caches"><a href="/chapters/queues/#one">queues</a> <a class="out" href="https://example.org/a">far</a> <a href="/glossary/#hit">hit</a> <a href="/labs/side/#exercise-x">its lab</a> <a href="/labs/side.json">raw</a><p title="a > b">x</p><script type="application/json" data-lab>{"filesUrl":"/labs/store.json"}</script><nav class="turn"><a href="/chapters/queues/">Next</a></nav></article>',
  ),
  'chapters/queues/index.html': page(
    'Queues',
    '<article data-chapter="queues"><a href="/chapters/caches/">caches</a></article>',
  ),
  'glossary/index.html': page('Glossary', '<a href="/chapters/queues/">queues</a>'),
  'licence/index.html': page('Licence', 'Nothing is sent anywhere, and there is no account.'),
  'labs/side/index.html': page(
    'Side',
    '<script type="application/json" data-lab>{"filesUrl":"/labs/side.json"}</script>',
  ),
  'search/index.html': page('Search', ''),
  'index.html': page('Home', ''),
  'sw.js': 'offline',
  'favicon.svg': '<svg/>',
  '_astro/serif.woff2': 'font',
  '_astro/page.js':
    'const deps=["_astro/register.Ab.js","_astro/reading.js"];import{t}from"./base.Xy.js";t(()=>import(`./register.Ab.js`));t(()=>import(`./reading.js`))',
  '_astro/base.Xy.js': 'const u=function(e){return`/`+e};export{u as t}',
  '_astro/register.Ab.js': 'navigator.serviceWorker',
  '_astro/reading.js': 'export{}',
  ...Object.fromEntries(
    [
      'guest.js',
      'node-library.json',
      'node-library-more.json',
      'compiler.js',
      'node-library-licence.txt',
    ].map((name) => [`engine/${name}`, name]),
  ),
  'labs/_you.json': '{}',
  ...Object.fromEntries(
    ['store', 'side', 'other'].flatMap((name) => [
      [`labs/${name}.json`, '{}'],
      ...['checks', 'library', 'take'].map((part) => [`labs/${name}/${part}.json`, '{}']),
    ]),
  ),
};

export function distOf(texts: Readonly<Record<string, string>>): Dist {
  return (path) => {
    const text = texts[path];
    return text === undefined ? null : (new TextEncoder().encode(text) as Bytes);
  };
}
