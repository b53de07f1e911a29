// LMS packages of a small built site: what goes in and what stays out, how addresses are rewritten, and manifests against
// schemas of what they use (see lms-schemas.ts).
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Standard } from '../../src/teaching/lms/launch-data.ts';
import { packageFiles, plansIn } from '../../src/teaching/lms/package.ts';
import { type Schema, schemas } from './lms-schemas.ts';
import { distOf, files } from './small-site.ts';

const dist = distOf(files);
const plans = plansIn(dist);

function packed(standard: Standard, slug: string | null, site: string | null = null) {
  const chapters = plans.filter((plan) => slug === null || plan.slug === slug);
  return packageFiles({ dist, standard, chapters, site, player: 'player()' });
}

function textOf(all: ReturnType<typeof packed>, path: string): string {
  const found = all[path];
  return typeof found === 'string' ? found : new TextDecoder().decode(found);
}

async function complaints(xml: string, { files: [main, ...others] }: Schema): Promise<readonly string[]> {
  const named = ([fileName, contents]: readonly [string, string]) => ({ fileName, contents });
  const { errors } = await validateXML({
    xml: [{ fileName: 'manifest.xml', contents: xml }],
    schema: main === undefined ? [] : [named(main)],
    preload: others.map(named),
  });
  return errors.map(({ message }) => message);
}

describe('a package', () => {
  it('of one chapter has what its pages load and lead to, and nothing else', () => {
    expect(Object.keys(packed('scorm-1.2', 'caches'))).toMatchInlineSnapshot(`
      [
        "imsmanifest.xml",
        "_astro/base.Xy.js",
        "_astro/page.js",
        "_astro/reading.js",
        "_astro/serif.woff2",
        "chapters/caches/index.html",
        "engine/compiler.js",
        "engine/guest.js",
        "engine/node-library-licence.txt",
        "engine/node-library-more.json",
        "engine/node-library.json",
        "favicon.svg",
        "glossary/index.html",
        "index.html",
        "labs/_you.json",
        "labs/side.json",
        "labs/side/checks.json",
        "labs/side/index.html",
        "labs/side/library.json",
        "labs/side/take.json",
        "labs/store.json",
        "labs/store/checks.json",
        "labs/store/library.json",
        "labs/store/take.json",
        "licence/index.html",
        "lms/player.js",
      ]
    `);
  });

  it('rewrites addresses so that a page works at any path, and says what a platform does', () => {
    const text = textOf(packed('scorm-1.2', 'caches'), 'chapters/caches/index.html');
    expect(text).toContain('<html lang="en" data-root="../..">');
    expect(text).toContain('<span>queues</span>');
    expect(text).toContain(
      '<a class="out" href="https://example.org/a" target="_blank" rel="noopener">far</a>',
    );
    expect(text).toContain('<a href="../../glossary/index.html#hit">hit</a>');
    expect(text).toContain('<a href="../../labs/side/index.html#exercise-x">its lab</a>');
    expect(text).toContain('{"filesUrl":"../../labs/store.json"}');
    expect(text).toContain('url(../../_astro/serif.woff2)');
    expect(text).toContain('<nav aria-label="Site" id="ways" popover><label>Theme</label></nav>');
    expect(text).toContain('<p title="a > b">x</p>');
    expect(text).toContain('told to the learning platform that opened it');
    expect(text).not.toMatch(/stays in this browser|canonical|og:url|class="turn"|="\/|Search/);
  });

  it('leads to the public course where one is named, and to its own chapters', () => {
    const one = textOf(packed('cmi5', 'caches', 'https://course.example'), 'chapters/caches/index.html');
    expect(one).toContain(
      '<a href="https://course.example/chapters/queues/#one" target="_blank" rel="noopener">queues</a>',
    );
    const whole = textOf(packed('cmi5', null), 'chapters/caches/index.html');
    expect(whole).toContain('<a href="../../chapters/queues/index.html#one">queues</a>');
    expect(whole).toContain('<nav class="turn"><a href="../../chapters/queues/index.html">Next</a></nav>');
  });

  it('loads chunks from beside each other, and refuses a loader that it does not know', () => {
    const name = '_astro/base.Xy.js';
    expect(textOf(packed('cmi5', 'caches'), name)).toContain('return`../`+e');
    const other = distOf({ ...files, [name]: 'export{}' });
    const wish = { dist: other, standard: 'cmi5', chapters: plans, site: null, player: '' } as const;
    expect(() => packageFiles(wish)).toThrow(`dist/${name}: expected one 'return\`/\`+'`);
  });

  it('refuses an address of a file that is not there', () => {
    const { 'favicon.svg': _, ...less } = files;
    const wish = { dist: distOf(less), standard: 'cmi5', chapters: plans, site: null, player: '' } as const;
    expect(() => packageFiles(wish)).toThrow('expected /favicon.svg to be a file of the site, found none');
  });
});

describe('a manifest', () => {
  it.each(['scorm-1.2', 'scorm-2004', 'cmi5'] as const)(
    'of %s is what its schema asks for',
    async (standard) => {
      const path = standard === 'cmi5' ? 'cmi5.xml' : 'imsmanifest.xml';
      const all = packed(standard, null);
      expect(Object.keys(all)[0]).toBe(path);
      const xml = textOf(all, path);
      expect(await complaints(xml, schemas[standard])).toEqual([]);
      expect(xml.indexOf('On caches')).toBeLessThan(xml.indexOf('On queues'));
      expect(xml).toContain('chapter-caches.html');
      if (standard === 'cmi5') return;
      const named = [...xml.matchAll(/<file href="([^"]*)"/g)].map(([, file]) => file);
      expect(named.toSorted()).toEqual(
        Object.keys(all)
          .filter((file) => file !== path)
          .toSorted(),
      );
    },
  );

  it('that is wrong is found to be', async () => {
    const xml = textOf(packed('scorm-2004', null), 'imsmanifest.xml');
    const wrong = xml
      .replace('"sco"', '"unit"')
      .replace('identifierref="unit-queues"', 'identifierref="nothing"');
    const found = (await complaints(wrong, schemas['scorm-2004'])).join('\n');
    expect(found).toContain("The value 'unit' is not an element of the set");
  });
});
