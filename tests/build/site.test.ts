// What the site around the chapters is made of: the feed, and where words and sources are used.
// Pure parts only; pages are read by tests/site.
import { describe, expect, it } from 'vitest';
import { cardOf } from '../../src/build/card-name.ts';
import { atom, checkedChanges } from '../../src/build/changelog.ts';
import { usesIn } from '../../src/build/uses.ts';

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
