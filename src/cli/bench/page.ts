// Measures the built chapter in a headless Chromium: what it loads before anyone touches it and after Run, and how
// long a first Run takes. Every try has a new browser, so caches are empty. Serves dist/ itself, over gzip.
// Called by bench.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page, type Response } from '@playwright/test';
import { inRepository } from '../../build/root.ts';
import { type FirstAnswers, measureFirstAnswers } from './first-answer.ts';
import { freePorts } from './processes.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Waits differ more than boots do. */
const FIRST_ANSWERS = 10;
const CHAPTER = '/chapters/load-balancing/';

/** Gzip bytes by kind of file; fonts and pictures as they are. */
export type Bytes = Readonly<Record<'html' | 'css' | 'js' | 'json' | 'other', number>>;

export interface PageFigures {
  readonly before: Bytes;
  /** Loaded after Run until the first answer; the editor is not part of it, because it comes with Code. */
  readonly lab: Bytes;
  /** From the click on Run to the first answered request in the table of machines. */
  readonly coldBootMs: Spread;
  /** From the click to the first machine that the table calls up. */
  readonly coldUpMs: Spread;
  readonly firstAnswers: FirstAnswers;
  readonly browser: string;
}

/** scripts/browser.ts, which lies outside src; imported by its path at run time. */
interface BrowserScript {
  readonly browserArguments: readonly string[];
  findBrowser(): string;
}

export async function measurePage(tries: number): Promise<PageFigures> {
  const script = (await import(inRepository('scripts/browser.ts'))) as BrowserScript;
  const executablePath = script.findBrowser();
  const { origin, server } = await serve();
  const runs: Awaited<ReturnType<typeof visit>>[] = [];
  let version = '';
  let firstAnswers: FirstAnswers;
  try {
    for (let attempt = 0; attempt < tries; attempt++) {
      const browser = await chromium.launch({ executablePath, args: [...script.browserArguments] });
      version = browser.version();
      runs.push(await visit(browser, origin).finally(() => browser.close()));
    }
    const browser = await chromium.launch({ executablePath, args: [...script.browserArguments] });
    firstAnswers = await measureFirstAnswers(browser, origin + CHAPTER, FIRST_ANSWERS).finally(() =>
      browser.close(),
    );
  } finally {
    server.kill();
  }
  const last = runs.at(-1);
  if (last === undefined) throw new Error('expected one try or more, found none');
  return {
    before: last.before,
    lab: last.lab,
    coldBootMs: spreadOf(runs.map((run) => run.answerMs)),
    coldUpMs: spreadOf(runs.map((run) => run.upMs)),
    firstAnswers,
    browser: `Chromium ${version}`,
  };
}

async function serve(): Promise<{ origin: string; server: ChildProcess }> {
  const machine = { name: 'site', program: '', listens: { PORT: 80 } };
  const port = (await freePorts({ name: '', title: '', machines: [machine] })).get('site:80');
  const server = spawn(process.execPath, [inRepository('scripts/serve.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(server.stdout, 'data'),
    once(server, 'exit').then(() => Promise.reject(new Error('expected scripts/serve.ts to serve dist/'))),
  ]);
  return { origin: `http://localhost:${port}`, server };
}

interface Visit {
  readonly before: Bytes;
  readonly lab: Bytes;
  readonly upMs: number;
  readonly answerMs: number;
}

async function visit(browser: Browser, origin: string): Promise<Visit> {
  const page = await browser.newPage();
  let responses: Response[] = [];
  // Only what came over the network: the engine's worker starts from a blob of what was fetched before.
  page.on('response', (response) => {
    if (response.url().startsWith(origin)) responses.push(response);
  });
  await page.goto(origin + CHAPTER, { waitUntil: 'networkidle' });
  const before = await bytesOf(responses, await inlineOf(page));
  responses = [];
  await page.evaluate(watchRun);
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  const found = await page.waitForFunction(
    () => {
      const { upMs, answerMs } = document.documentElement.dataset;
      return answerMs === undefined ? null : { upMs: Number(upMs), answerMs: Number(answerMs) };
    },
    undefined,
    { timeout: 30_000 },
  );
  const times = await found.jsonValue();
  await Promise.all(responses.map((response) => response.finished()));
  const lab = await bytesOf(responses, { css: '', js: '' });
  return { before, lab, upMs: times?.upMs ?? Number.NaN, answerMs: times?.answerMs ?? Number.NaN };
}

/** In the page: notes when Run was clicked, when the table first says `up`, and when it first counts an answer. */
function watchRun(): void {
  const notes = document.documentElement.dataset;
  let clickedMs = 0;
  document.addEventListener(
    'click',
    () => {
      clickedMs = performance.now();
    },
    { capture: true, once: true },
  );
  const observer = new MutationObserver(() => {
    const table = document.querySelector('table[aria-label="Machines"]');
    const sinceMs = (performance.now() - clickedMs).toFixed(1);
    const states = [...(table?.querySelectorAll('td:nth-of-type(1)') ?? [])];
    if (states.some((state) => /\bup$/.test(state.textContent.trim()))) notes['upMs'] ??= sinceMs;
    const [, answers = '0'] = /([\d,]+) answers so far/.exec(table?.textContent ?? '') ?? [];
    if (answers === '0') return;
    notes['answerMs'] ??= sinceMs;
    observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** Scripts and styles that stand in the page itself. */
function inlineOf(page: Page): Promise<{ css: string; js: string }> {
  return page.evaluate(() => {
    const texts = (selector: string): string =>
      [...document.querySelectorAll(selector)].map((element) => element.textContent).join('\n');
    return {
      css: texts('style'),
      js: texts('script:not([src]):is([type="module"], :not([type]), [type="text/javascript"])'),
    };
  });
}

const KINDS: readonly (readonly [RegExp, keyof Bytes])[] = [
  [/javascript/, 'js'],
  [/css/, 'css'],
  [/html/, 'html'],
  [/json/, 'json'],
];

async function bytesOf(
  responses: readonly Response[],
  inline: { readonly css: string; readonly js: string },
): Promise<Bytes> {
  const sum = { html: 0, css: 0, js: 0, json: 0, other: 0 };
  for (const kind of ['css', 'js'] as const)
    if (inline[kind] !== '') sum[kind] += gzipSync(inline[kind]).length;
  for (const response of responses) {
    const type = (await response.headerValue('content-type')) ?? '';
    const kind = KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
    const body = await response.body();
    sum[kind] += kind === 'other' ? body.length : gzipSync(body).length;
  }
  return sum;
}
