// Guest code that wants out: network, storage, the parent page, the host's clock, other machines' thread.
// Each attempt reports what it got; none may get anything, the page lives, and the next run is clean.
import { expect, type Page, test } from '@playwright/test';
import { openEngine, playInPage, printed, programSpec } from './engine-page.ts';

/** Prints what the attempt gives or throws. Attempts see the thread's real global object. */
function attempt(expression: string): string {
  return `
    const host = Function('return globalThis')();
    try {
      const got = await (async () => (${expression}))();
      console.log('got ' + String(got));
    } catch (error) {
      console.log('refused ' + error.name + ': ' + error.message.split('\\n')[0]);
    }
    console.log('went on');
  `;
}

const NOTHING = /^(?:got (?:undefined|null|false)|refused )/;

/** Name of the attempt to an expression that must give nothing. */
const attempts: Readonly<Record<string, string>> = {
  'fetch of the process': "fetch('/licence/')",
  'fetch of the thread': "host.fetch ? host.fetch('/licence/') : undefined",
  'XMLHttpRequest of the thread': 'host.XMLHttpRequest',
  'WebSocket of the thread': 'host.WebSocket',
  'EventSource of the thread': 'host.EventSource',
  'importScripts of the thread': 'host.importScripts',
  'a worker of its own': 'host.Worker ?? host.SharedWorker',
  IndexedDB: 'host.indexedDB ?? (typeof indexedDB === "undefined" ? undefined : indexedDB)',
  caches: 'host.caches',
  'local storage': 'host.localStorage',
  cookies: 'typeof document === "undefined" ? host.document : document.cookie',
  'cookie store': 'host.cookieStore',
  'the parent page': 'host.parent ?? host.top ?? host.opener',
  'messages of the thread': 'host.postMessage ?? host.onmessage',
  'broadcast channel': 'host.BroadcastChannel',
  'message channel': 'host.MessageChannel ?? host.MessagePort',
  'the location': 'host.location && host.location.href',
  'the navigator': 'host.navigator && host.navigator.userAgent',
  'the frame by its self': 'host.self && host.self.fetch',
  'timers of the host': 'host.setTimeout ?? host.setInterval ?? host.queueMicrotask',
  'the clock of the host': 'host.performance && host.performance.now()',
  'the prototype of the thread': 'Object.getPrototypeOf(host) && Object.getPrototypeOf(host).fetch',
  'a dynamic import of an address': "import('https://example.com/x.js')",
  'a dynamic import of a blob': "import('blob:null/1')",
  'an import past the compiler':
    'host.eval(\'import("data:text/javascript,export default 1")\').then((m) => m.default)',
  'files of the host': "import('node:fs').then((fs) => fs.readFileSync('/etc/passwd', 'utf8'))",
  'eval of fetch': 'host.eval(\'typeof fetch === "function" ? fetch : undefined\')',
};

async function tryOut(page: Page, expression: string): Promise<string> {
  return printed(await playInPage(page, programSpec(attempt(expression)), 5e9));
}

test('27 ways out lead nowhere, and the page lives', async ({ page }) => {
  const requests: string[] = [];
  await openEngine(page);
  page.on('request', (request) => requests.push(request.url()));
  for (const [name, expression] of Object.entries(attempts)) {
    const text = await tryOut(page, expression);
    expect(text, name).toMatch(NOTHING);
    expect(text, name).toContain('went on');
  }
  expect(
    requests.filter(
      (url) => !url.includes('/engine/') && !url.startsWith('blob:') && !url.startsWith('about:'),
    ),
  ).toEqual([]);
  expect(await page.evaluate(() => document.title)).toContain('Brownout');
});

test('the clock of the host cannot be read through Date', async ({ page }) => {
  await openEngine(page);
  const text = await tryOut(
    page,
    "[host.Date.now(), new (new Date().constructor)().getTime(), new host.Date(host.Date.now()).getFullYear()].join(' ')",
  );
  const [, now = '', again = '', year = ''] = /got (\d+) (\d+) (\d+)/.exec(text) ?? [];
  expect([now, again, year]).toEqual([String(Date.UTC(2026, 0, 1)), String(Date.UTC(2026, 0, 1)), '2026']);
});

test('what a guest does to shared prototypes does not reach the next run or the page', async ({ page }) => {
  await openEngine(page);
  const spoil = `
    Array.prototype.push = () => { throw new Error('spoilt'); };
    Object.prototype.polluted = 'yes';
    JSON.stringify = () => 'spoilt';
    Map.prototype.get = () => 'spoilt';
    setTimeout(() => console.log('spoilt'), 10);
  `;
  await playInPage(page, programSpec(spoil), 1e9).catch(() => undefined);
  const clean = await playInPage(
    page,
    programSpec(
      'console.log([1].push(2), ({}).polluted, JSON.stringify({ a: 1 }), new Map([[1, 2]]).get(1))',
    ),
    1e9,
  );
  expect(printed(clean)).toBe('2 undefined {"a":1} 2\n');
  expect(await page.evaluate(() => (({}) as Record<string, unknown>)['polluted'])).toBeUndefined();
});

test('a guest that hangs its thread is noticed within seconds, and the next run is clean', async ({
  page,
}) => {
  await openEngine(page);
  const hang = "console.log('before'); /^(a+)+$/.test('a'.repeat(60) + 'b');";
  const failure = await playInPage(page, programSpec(hang), 1e9).catch((error: Error) => error.message);
  expect(failure).toContain('no sign of life');
  const next = await playInPage(page, programSpec("console.log('alive')"), 1e9);
  expect(printed(next)).toBe('alive\n');
});
