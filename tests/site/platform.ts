// Learning platforms for tests: a package as the command makes it, put at a deep path of another origin and shown in a
// frame; scorm-again as the platform around it, or a small LRS for cmi5. Every request that leaves the package's folder is told of.
// Holds no test. Used by package.spec.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Page, Route } from '@playwright/test';
import { lmsPlayer } from '../../src/build/lms-player.ts';
import { zipOf } from '../../src/runtime/zip.ts';
import type { Bytes, Dist } from '../../src/teaching/lms/files.ts';
import type { Standard } from '../../src/teaching/lms/launch-data.ts';
import { type ChapterPlan, packageFiles, plansIn } from '../../src/teaching/lms/package.ts';
import { readZip } from '../../src/teaching/zip.ts';

/** Not a secure one: some platforms are not. */
export const HOST = 'http://platform.test';
export const PLACE = '/files/course/7/unzipped/';
const LIMITS = { entries: 500, bytesEach: 5_000_000, bytesTotal: 30_000_000, zone: 'UTC' };

export const dist: Dist = (path) => {
  try {
    return new Uint8Array(readFileSync(join('dist', path))) as Bytes;
  } catch {
    return null;
  }
};
export const plans = plansIn(dist);
export function planOf(slug: string): ChapterPlan {
  const found = plans.find((plan) => plan.slug === slug);
  if (found === undefined) throw new Error(`expected the chapter ${slug}, found ${plans.length} others`);
  return found;
}

let player = '';
export type Package = ReadonlyMap<string, Uint8Array>;

/** Packed and unpacked again. */
export async function packed(standard: Standard, slug: string): Promise<Package> {
  player ||= lmsPlayer();
  const files = packageFiles({ dist, standard, chapters: [planOf(slug)], site: null, player });
  const entries = readZip('package.zip', await zipOf('', files), LIMITS);
  return new Map(entries.map(({ path, read }) => [path, read()]));
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  json: 'application/json',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

export interface Served {
  /** Addresses asked for that are not in the package. */
  readonly strays: string[];
}

/** `frame`: address of the package's page, with parameters where the standard has them. */
export async function serve(
  context: BrowserContext,
  files: Package,
  host: { readonly script: string; readonly frame?: string; readonly lrs?: (route: Route) => Promise<void> },
): Promise<Served> {
  const strays: string[] = [];
  const shown = `<!doctype html><title>Platform</title><body style="margin:0"><script>${host.script}</script>
<iframe id="unit" src="${host.frame ?? `${PLACE}index.html`}" style="border:0;width:100%;height:100vh"></iframe>`;
  await context.route(/^https?:/, async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin === HOST && pathname === '/learn/unit/7')
      return route.fulfill({ contentType: 'text/html', body: shown });
    if (origin === HOST && pathname.startsWith('/lrs/') && host.lrs !== undefined) return host.lrs(route);
    const path = origin === HOST && pathname.startsWith(PLACE) ? pathname.slice(PLACE.length) : '';
    const body = files.get(path);
    if (body === undefined) {
      if (pathname !== '/favicon.ico') strays.push(route.request().url());
      return route.fulfill({ status: 404, body: 'no such file' });
    }
    return route.fulfill({ contentType: types[path.split('.').at(-1) ?? ''] ?? '', body: Buffer.from(body) });
  });
  return { strays };
}

export interface Unit {
  /** The player's page, and the chapter's in it. */
  readonly unit: FrameLocator;
  readonly chapter: FrameLocator;
}

export async function openUnit(page: Page): Promise<Unit> {
  await page.goto(`${HOST}/learn/unit/7`);
  const unit = page.frameLocator('#unit');
  return { unit, chapter: unit.frameLocator('iframe') };
}

/** As a platform does when the reader goes on: the frame is taken away. */
export async function closeUnit(page: Page): Promise<void> {
  await page.evaluate(() => document.getElementById('unit')?.remove());
}

/**
 * What leaving tells the page, while it is still there: Playwright does not see what a page sends that is gone already.
 */
export async function hideUnit(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>('#unit');
    frame?.contentWindow?.dispatchEvent(new PageTransitionEvent('pagehide'));
  });
}

const versions = {
  'scorm-1.2': { file: 'scorm12.min.js', make: 'window.API = new Scorm12API' },
  'scorm-2004': { file: 'scorm2004.min.js', make: 'window.API_1484_11 = new Scorm2004API' },
} as const;
const HEARD = ['SetValue', 'Commit', 'Terminate', 'LMSSetValue', 'LMSCommit', 'LMSFinish'];

/** scorm-again as the platform, which remembers `cmi` and what it is told; while `window.isFull` it saves nothing. */
export function scormHost(version: keyof typeof versions, cmi: Readonly<Record<string, string>>): string {
  const { file, make } = versions[version];
  const library = readFileSync(join('node_modules/scorm-again/dist', file), 'utf8');
  return `${library};${make}({ autocommit: false, logLevel: 5 });
window.told = {}; window.calls = []; window.isFull = false;
{ const api = window.API ?? window.API_1484_11;
api.loadFromFlattenedJSON(${JSON.stringify(cmi).replaceAll('<', '\\u003c')});
for (const name of ${JSON.stringify(HEARD)}) if (name in api) {
  const real = api[name].bind(api);
  api[name] = (element, value) => {
    window.calls.push(name);
    if (name.endsWith('Commit') && window.isFull) return 'false';
    const answer = real(element, value);
    if (value !== undefined && answer === 'true') window.told[element] = value;
    return answer;
  };
} }`;
}

export interface Heard {
  /** What was set last, by element; values that the platform refused are not there. */
  readonly told: Readonly<Record<string, string>>;
  readonly calls: readonly string[];
}

export function heard(page: Page): Promise<Heard> {
  return page.evaluate(() => {
    const { told, calls } = window as unknown as Heard;
    return { told, calls };
  });
}
