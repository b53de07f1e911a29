// What the site around the chapters is made of: the feed, and where words and sources are used.
// Pure parts only; pages are read by tests/site.
import { describe, expect, it } from 'vitest';
import { sitemap } from '../../src/build/built-site.ts';
import { cardOf } from '../../src/build/card-name.ts';
import { cardSvg, drawCard, wrapped } from '../../src/build/cards.ts';
import { atom, checkedChanges } from '../../src/build/changelog.ts';
import { offlinePlan } from '../../src/build/offline-plan.ts';
import { usesIn } from '../../src/build/uses.ts';
import { fontInWoff } from '../../src/build/woff.ts';
import { fileAt, keyOf } from '../../src/islands/offline/plan.ts';

const line = () => ({ line: 3, column: 1 });
const entry = { id: 'a', date: '2026-01-02', title: 'A < B', text: 'See [there](/contents/) & *go*.' };

describe('what is new', () => {
  it('becomes a feed whose links are whole and whose markup is text', () => {
    const feed = atom(checkedChanges({ value: [entry], line }), 'https://course.example/');
    expect(feed).toContain('<title>A &lt; B</title>');
    expect(feed).toContain('<id>https://course.example/changes/#a</id>');
    expect(feed).toContain(
      'See &lt;a href=&quot;https://course.example/contents/&quot;&gt;there&lt;/a&gt; &amp;amp; &lt;em&gt;go',
    );
  });

  it('is refused out of order and with an id used twice', () => {
    const later = { ...entry, id: 'b', date: '2026-02-01' };
    expect(() => checkedChanges({ value: [entry, later], line })).toThrow(
      'content/changelog.yml:3:1: expected a date not after 2026-01-02, found 2026-02-01: put the newest entry first.',
    );
    expect(() => checkedChanges({ value: [entry, entry], line })).toThrow(
      "expected an id of its own, found 'a' a second time: name this entry otherwise.",
    );
  });
});

describe('uses of words and sources', () => {
  it('are counted in the order of the text', () => {
    const prose =
      '<Term name="b">x</Term> <Cite source="s" at="1" /> <Cite at="2" source="s" /> <Term name="a" />';
    expect([...usesIn(prose, 'Cite')]).toEqual([['s', 2]]);
    expect([...usesIn(prose, 'Term').keys()]).toEqual(['b', 'a']);
  });
});

describe('a card', () => {
  it('has the name of its page', () => {
    expect(['/', '/chapters/x/', '/404.html'].map(cardOf)).toEqual([
      '/cards/home.png',
      '/cards/chapters-x.png',
      '/cards/404.png',
    ]);
  });
});

describe('what is drawn and listed after the build', () => {
  it('gives the same card for the same words, whole, and another for others', async () => {
    const words = { title: 'Load <balancing>', description: 'One & several.' };
    const first = await drawCard(words);
    expect(Buffer.from(first).readUInt32BE(16), 'width').toBe(1200);
    expect(Buffer.from(await drawCard(words)).equals(first)).toBe(true);
    expect(cardSvg(words)).toContain('Load &lt;balancing&gt;');
    expect(cardSvg({ ...words, title: 'DNS' })).not.toBe(cardSvg(words));
  });

  it('wraps words and says that there were more', () => {
    expect(wrapped('one two three', 7, 3)).toEqual(['one two', 'three']);
    expect(wrapped('one two three, four', 7, 2)).toEqual(['one two', 'three …']);
  });

  it('lists only pages that may be found', () => {
    const pages = [
      { address: '/a/?x&y', isListed: true },
      { address: '/404.html', isListed: false },
    ];
    expect(sitemap(pages, 'https://course.example')).toContain(
      '<loc>https://course.example/a/?x&amp;y</loc>',
    );
    expect(sitemap(pages, 'https://course.example')).not.toContain('404');
  });

  it('refuses a font that is not WOFF', () => {
    expect(() => fontInWoff(Buffer.from('wOF2'.padEnd(60)))).toThrow('use a .woff, not a .woff2');
  });
});

describe('the plan of what is kept', () => {
  const files = new Map([
    ['/index.html', 'home'],
    ['/a b/index.html', 'folder'],
    ['/cards/home.png', 'card'],
  ]);
  const plan = offlinePlan([...files.keys()], (address) => Buffer.from(files.get(address) ?? ''));

  it('has every file but previews, and another version when one changes', () => {
    expect(Object.keys(plan.files)).toEqual(['/a b/index.html', '/index.html']);
    expect(plan.files['/index.html']?.bytes).toBe(4);
    expect(offlinePlan(['/index.html'], () => Buffer.from('other')).version).not.toBe(plan.version);
  });

  it('finds folders by their index, and keeps versions apart', () => {
    expect(['/', '/a%20b/', '/a%20b', '/c/', '/%'].map((path) => fileAt(plan, path))).toEqual([
      '/index.html',
      '/a b/index.html',
      '/a b/index.html',
      undefined,
      undefined,
    ]);
    expect(keyOf(plan, '/index.html')).toBe(`/index.html?kept=${plan.files['/index.html']?.hash}`);
  });
});
