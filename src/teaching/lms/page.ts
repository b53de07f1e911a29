// A page of the built site as it stands in an LMS package: every address of a file relative to the page, so that it works
// below any path; what is not in the package leads to the public course in a tab of its own, or is words only; what a
// package does not have (search, other sites' cards, ways through the site) is taken out. Pure. Refuses an address of a
// file that is in neither, and a page that is not built as expected. Called by files.ts.
import { RunProblem } from '../../runtime/runtime.ts';

export interface Where {
  /** The page's own path in the package, as in dist: 'chapters/load-balancing/index.html'. */
  readonly path: string;
  /** Whether the package has the file or may take it. */
  readonly has: (path: string) => boolean;
  /** Where the public course is, without a slash at the end; null where nobody said. */
  readonly site: string | null;
}
export interface PackagedPage {
  readonly html: string;
  /** Paths of the files that it leads to or loads, in order and once. */
  readonly needs: readonly string[];
}

const TAG =
  /<!--[\s\S]*?-->|(<style\b[^>]*>)([\s\S]*?)(<\/style>)|(<script\b(?:[^>"']|"[^"]*"|'[^']*')*>)([\s\S]*?)(<\/script>)|<(\/?)([a-zA-Z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
const ADDRESS = /(\s(?:src|href|poster|data|action)=")(\/(?!\/)[^"]*)"/g;

const FOOT = 'Nothing is sent anywhere; what you answer stays in this browser.';
const PACKAGED_FOOT =
  'What you read and answer here is told to the learning platform that opened it, and to no one else.';
/** Sentences that hold for the site and not for a package; where they stand, these take their place. */
const sentences: readonly (readonly [string, string])[] = [
  [
    'Nothing is sent anywhere, and there is no account.',
    'How far you are and what you answer is told to the learning platform that opened the course, and to no one else.',
  ],
];

export function packagedPage(html: string, where: Where): PackagedPage {
  const depth = where.path.split('/').length - 1;
  const root = depth === 0 ? '.' : '../'.repeat(depth).slice(0, -1);
  const page = new Page(where, root);
  const text = withoutWays(html, where.path).replace(TAG, (...match: unknown[]) => {
    const [whole, style, css, styleEnd, script, code, scriptEnd, end, name, given] = match.map((part) =>
      typeof part === 'string' ? part : '',
    );
    if (style) return `${style}${page.css(css ?? '')}${styleEnd}`;
    if (script) return `${page.addresses(script)}${page.script(script, code ?? '')}${scriptEnd}`;
    if (!name) return whole ?? '';
    return page.tag(whole ?? '', end === '/', name, given ?? '');
  });
  return { html: text, needs: [...page.needs] };
}

class Page {
  readonly needs = new Set<string>();
  readonly #where: Where;
  readonly #root: string;
  /** What the open link has become: links hold no links. */
  #closing = '</a>';

  constructor(where: Where, root: string) {
    this.#where = where;
    this.#root = root;
  }

  tag(whole: string, isEnd: boolean, name: string, given: string): string {
    if (name === 'a') return isEnd ? this.#closing : this.#link(given);
    if (isEnd) return whole;
    if (name === 'html') return `<html${given} data-root="${this.#root}">`;
    if (name === 'meta' && /\s(?:property="og:|name="twitter:)/.test(given)) return '';
    if (name === 'link' && /\srel="(?:canonical|alternate)"/.test(given)) return '';
    return this.addresses(whole);
  }

  addresses(tag: string): string {
    return tag.replace(ADDRESS, (_, before: string, address: string) => {
      const found = this.#inPackage(address);
      if (found !== null) return `${before}${found}"`;
      throw bad(this.#where.path, `${address} to be a file of the site`, 'none');
    });
  }

  css(text: string): string {
    return text.replace(/url\((["']?)(\/(?!\/)[^)"']*)\1\)/g, (_, quote: string, address: string) => {
      const found = this.#inPackage(address);
      if (found === null) throw bad(this.#where.path, `${address} to be a file of the site`, 'none');
      return `url(${quote}${found}${quote})`;
    });
  }

  /** Data for islands may name a file; see islands/page-data.ts. */
  script(tag: string, code: string): string {
    if (!tag.includes('application/json')) return code;
    return code.replace(/("filesUrl":")(\/[^"]*)"/g, (_, before: string, address: string) => {
      const found = this.#inPackage(address);
      if (found === null) throw bad(this.#where.path, `${address} to be a file of the site`, 'none');
      return `${before}${found}"`;
    });
  }

  #link(given: string): string {
    this.#closing = '</a>';
    const href = /\shref="([^"]*)"/.exec(given)?.[1];
    if (href === undefined || href.startsWith('#')) return `<a${given}>`;
    if (!href.startsWith('/') || href.startsWith('//'))
      return /^https?:|^\/\//.test(href) ? away(given) : `<a${given}>`;
    const found = this.#inPackage(href);
    if (found !== null) return `<a${given.replace(/(\shref=")[^"]*"/, `$1${found}"`)}>`;
    const { site } = this.#where;
    if (site !== null) return away(given.replace(/(\shref=")[^"]*"/, `$1${site}${href}"`));
    this.#closing = '</span>';
    return '<span>';
  }

  /** The address from this page, or null. */
  #inPackage(address: string): string | null {
    const [, path = '', rest = ''] = /^\/([^?#]*)(.*)$/s.exec(address) ?? [];
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    if (!this.#where.has(file)) return null;
    this.needs.add(file);
    return `${this.#root}/${file}${rest}`;
  }
}

function away(given: string): string {
  return /\starget=/.test(given) ? `<a${given}>` : `<a${given} target="_blank" rel="noopener">`;
}

/** Without the ways through the site at the top and the foot, which a platform has instead. */
function withoutWays(html: string, path: string): string {
  let text = once(path, html, /<a class="name" href="\/">([^<]*)<\/a>/, '<span class="name">$1</span>');
  text = once(path, text, /(<nav aria-label="Site"[^>]*>)(?:<a\b[^>]*>[^<]*<\/a>)*/, '$1');
  text = once(path, text, /<a class="skip"/, '<a class="skip"');
  const foot = /(<footer class="foot">.*?<\/p><p>)((?:<a\b[^>]*>[^<]*<\/a>)*)/s;
  text = once(path, text, foot, (_, before: string, links: string) => {
    const kept = links.match(/<a href="\/(?:glossary|references|licence)\/">[^<]*<\/a>/g) ?? [];
    return `${before.replace(FOOT, PACKAGED_FOOT)}${kept.join('')}`;
  });
  if (!text.includes(PACKAGED_FOOT)) throw bad(path, `a foot that says '${FOOT}'`, 'another');
  for (const [from, to] of sentences) text = text.replaceAll(from, to);
  return text;
}

type Replacement = string | ((whole: string, ...groups: string[]) => string);

function once(path: string, html: string, pattern: RegExp, put: Replacement): string {
  if (!pattern.test(html)) throw bad(path, `a page of the site with ${pattern.source}`, 'none');
  return typeof put === 'string' ? html.replace(pattern, put) : html.replace(pattern, put);
}

/** The way to the next chapter, in a package that has it not. */
export function withoutTurn(html: string): string {
  return html.replace(/<nav class="turn".*?<\/nav>/s, '');
}

function bad(file: string, expected: string, found: string): RunProblem {
  return new RunProblem({
    file: `dist/${file}`,
    expected,
    found,
    fix: 'run `npm run build` again, or correct src/teaching/lms/page.ts.',
  });
}
