// Which files of the built site a package needs, and each of them as it stands there: from the chapters' pages along
// links, scripts' imports and what labs fetch while they run. Leaves out what only works on the site: other services to
// run in, the worker for offline. Pure over what it is given to read. Called by package.ts.
import { RunProblem } from '../../runtime/runtime.ts';
import { packagedPage, withoutTurn } from './page.ts';

export type Bytes = Uint8Array<ArrayBuffer>;
/** The built site; null for a file that it does not have. Paths as in dist: 'engine/guest.js'. */
export type Dist = (path: string) => Bytes | null;

/** What is fetched from the page whenever a lab runs or an editor checks: see src/runtime. */
const ENGINE = [
  'engine/guest.js',
  'engine/node-library.json',
  'engine/node-library-more.json',
  'engine/compiler.js',
  'engine/node-library-licence.txt',
];
/** Pages that chapters lead to and that stand for themselves. */
const BESIDE = /^(?:labs\/[\w-]+|glossary|references|licence)\/index\.html$/;
/** Chunks that a package never loads: real Node elsewhere, and the service worker. */
const LEFT_OUT = /^_astro\/(?:webcontainer|remote|register)\./;
/** Where the loader of chunks puts the host's root before an address; in a package they lie beside it. Named in astro.config.mjs. */
const LOADER = /^_astro\/base\./;
const LOADER_ROOT = 'return`/`+';

export interface Wish {
  readonly dist: Dist;
  /** Slugs. */
  readonly chapters: readonly string[];
  readonly site: string | null;
}

export function siteFiles({ dist, chapters, site }: Wish): Map<string, string | Bytes> {
  const pages = new Set(chapters.map((slug) => `chapters/${slug}/index.html`));
  const has = (path: string): boolean =>
    path.endsWith('/index.html') || path === 'index.html'
      ? pages.has(path) || (BESIDE.test(path) && dist(path) !== null)
      : dist(path) !== null;
  const found = new Map<string, string | Bytes>();
  const open = [...pages, 'licence/index.html', ...ENGINE];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (found.has(path)) continue;
    const bytes = dist(path);
    if (bytes === null) throw missing(path);
    if (path.endsWith('.html')) {
      const text = decode(bytes);
      const page = packagedPage(chapters.length === 1 ? withoutTurn(text) : text, { path, has, site });
      found.set(path, page.html);
      open.push(...page.needs, ...labFiles(page.html));
    } else if (path.startsWith('_astro/') && path.endsWith('.js')) {
      const text = decode(bytes);
      found.set(path, LOADER.test(path) ? loader(path, text) : text);
      open.push(...importsOf(text).filter((chunk) => !LEFT_OUT.test(chunk)));
    } else found.set(path, bytes);
  }
  if (![...found.keys()].some((path) => LOADER.test(path))) throw missing('_astro/base.*.js');
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What the labs of a page fetch besides their files: see islands/lab and runtime/datacenter.ts. */
function labFiles(html: string): string[] {
  const sandboxes = [...html.matchAll(/"filesUrl":"[^"]*\/labs\/([\w-]+)\.json"/g)].map(([, name]) => name);
  return sandboxes.flatMap((name) => [
    'labs/_you.json',
    ...['checks', 'library', 'take'].map((each) => `labs/${name}/${each}.json`),
  ]);
}

/** Chunks name each other from beside each other. */
function importsOf(script: string): string[] {
  return [...script.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, name]) => `_astro/${name}`);
}

function loader(path: string, script: string): string {
  const [before, after, ...more] = script.split(LOADER_ROOT);
  if (before !== undefined && after !== undefined && more.length === 0)
    return `${before}return\`../\`+${after}`;
  throw new RunProblem({
    file: `dist/${path}`,
    expected: `one '${LOADER_ROOT}' in the loader of chunks`,
    found: `${more.length === 0 ? 'none' : 'more'}`,
    fix: 'correct LOADER_ROOT in src/teaching/lms/files.ts.',
  });
}

function missing(path: string): RunProblem {
  return new RunProblem({
    expected: `dist/${path}`,
    found: 'no such file',
    fix: 'run `npm run build` first.',
  });
}

function decode(bytes: Bytes): string {
  return new TextDecoder().decode(bytes);
}
