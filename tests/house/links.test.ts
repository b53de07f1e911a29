// Follows every link within the built site, and holds a chapter's bytes to their budget. Needs dist/ (npm run build).
// Each rule is first tried on examples that break it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { linkComplaints, repeatedIds, type Site } from './links.ts';

function builtSite(): Site {
  if (!existsSync('dist/index.html'))
    throw new Error('expected the built site in dist/, found none: run `npm run build` first.');
  const entries = readdirSync('dist', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [
        path.slice('dist/'.length).replaceAll('\\', '/'),
        path.endsWith('.html') ? readFileSync(path, 'utf8') : '',
      ];
    }),
  );
}

describe('links', () => {
  it('that lead nowhere are found', () => {
    const site = new Map([
      [
        'index.html',
        '<a href="/a/">a</a><a href="/b/">b</a><a class="x" href="/a/#two">c</a><script src="/x.js"></script>',
      ],
      [
        'a/index.html',
        '<h2 id="one">x</h2><a href="#one">y</a><a href="https://else.where/">z</a><a href="../">up</a>',
      ],
    ]);
    expect(linkComplaints(site)).toEqual([
      'dist/index.html links to /b/, which is not in the site.',
      'dist/index.html links to /a/#two, but a/index.html has no id="two".',
      'dist/index.html links to /x.js, which is not in the site.',
    ]);
    expect(repeatedIds('<a id="x"><b id="y"><c id="x">')).toEqual(['x']);
  });

  it('of the built site lead somewhere', () => {
    const site = builtSite();
    expect([...site.keys()].filter((path) => path.endsWith('.html')).length).toBeGreaterThan(3);
    expect(linkComplaints(site)).toEqual([]);
    for (const [path, html] of site) expect(repeatedIds(html), path).toEqual([]);
  });
});

describe('bytes', () => {
  it('that a chapter loads before anyone touches it stay small', () => {
    const site = builtSite();
    const chapters = [...site].filter(([path]) => /^chapters\/.*\.html$/.test(path));
    expect(chapters.length).toBeGreaterThan(0);
    for (const [path, html] of chapters) {
      const size = (pattern: RegExp) =>
        [...html.matchAll(pattern)].reduce(
          (sum, match) => sum + gzipSync(readFileSync(join('dist', match[1] ?? ''))).length,
          0,
        );
      const inline = (pattern: RegExp) =>
        gzipSync([...html.matchAll(pattern)].map((match) => match[1] ?? '').join('')).length;
      const scripts =
        size(/<script[^>]*\ssrc="([^"]+)"/g) +
        size(/<link[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g) +
        inline(/<script>([\s\S]*?)<\/script>/g);
      const styles =
        size(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g) + inline(/<style>([\s\S]*?)<\/style>/g);
      expect(scripts, `${path}: gzip bytes of script`).toBeLessThanOrEqual(5 * 1024);
      expect(scripts + styles, `${path}: gzip bytes of script and style`).toBeLessThanOrEqual(20 * 1024);
    }
  });
});
