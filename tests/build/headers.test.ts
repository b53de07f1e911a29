// The headers of the site: which rules are made for which pages, that the file says them whole, and what an address
// is answered with. That the server sends them is in tests/site/around.spec.ts.
import { describe, expect, it } from 'vitest';
import {
  headerRules,
  headersFile,
  headersFor,
  inlineScripts,
  readHeadersFile,
  scriptHash,
} from '../../src/build/headers.ts';

const page = (address: string, body: string) => ({
  address,
  html: `<head><script>theme()</script></head>${body}`,
});
const pages = [
  page('/', ''),
  page('/a/one/', '<section data-island="lab"><script type="application/json">{}</script></section>'),
  page('/embed/one/', '<section data-island="lab"></section>'),
  page('/search/', '<div data-search><script src="/x.js"></script></div>'),
];
const rules = headerRules(['/_astro/x.js', '/search/index.html'], pages, 'guest()');
const policy = (address: string): string => headersFor(rules, address)['content-security-policy'] ?? '';

describe('the policy of a page', () => {
  it('names its inline scripts by hash and lets no other run', () => {
    expect(inlineScripts(pages.map(({ html }) => html).join(''))).toEqual(pages.map(() => 'theme()'));
    for (const { address } of pages) {
      expect(policy(address)).toContain(scriptHash('theme()'));
      expect(policy(address).split('script-src')[1]?.split(';')[0]).not.toContain('unsafe-inline');
    }
  });

  it('lets guests be compiled only where labs are, and WebAssembly only where one searches', () => {
    expect(pages.map(({ address }) => policy(address).includes("'unsafe-eval'"))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(policy('/a/two/'), 'all of a part has its policy').toContain(scriptHash('guest()'));
    expect(pages.map(({ address }) => policy(address).includes("'wasm-unsafe-eval'"))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('lets other sites frame what is made for it, and nothing else', () => {
    const framed = pages.map(({ address }) => [
      /frame-ancestors [^;]*/.exec(policy(address))?.[0],
      headersFor(rules, address)['cross-origin-resource-policy'],
    ]);
    const own = ["frame-ancestors 'self'", 'same-origin'];
    expect(framed).toEqual([own, own, ['frame-ancestors *', 'cross-origin'], own]);
  });
});

describe('headers', () => {
  it('survive the file, and add up where two rules fit', () => {
    const read = readHeadersFile(headersFile(rules));
    expect(read).toEqual(rules);
    expect(headersFor(read, '/_astro/x.js')['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(policy('/')).toMatch(/^base-uri 'none';.*, default-src 'self';/);
    expect(headersFor(read, '/nowhere')['cross-origin-embedder-policy']).toBe('credentialless');
    expect(headersFor(read, '/nowhere')['content-security-policy']).not.toContain('default-src');
  });
});
