// Guest code that wants to take the page down: forged and flooding messages, memory, loops, recursion.
// Each ends by itself, by a guard, or by the loss of its own frame; the page goes on and the next run is clean.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { openEngine, programSpec } from './engine-page.ts';

const PUBLISH = "import dc from 'node:diagnostics_channel'; const c = dc.channel('brownout:state');";

/** What it does to a program that ends by it, and how it ends. */
const attempts: Readonly<Record<string, readonly [program: string, end: RegExp]>> = {
  'forged replies': [
    `${PUBLISH} for (const kind of ['batch', 'done', 'refused', 'alive']) c.publish({ kind, call: 3, hash: 'x', batch: null }); console.log('over')`,
    /over/,
  ],
  'values that are no data': [
    `${PUBLISH} const own = {}; own.own = own; for (const v of [() => 1, Symbol('x'), 1n, own, { toJSON: () => () => 1 }, new Proxy({}, { ownKeys() { throw 1 } })]) c.publish(v); console.log('over')`,
    /over/,
  ],
  'a value nested 5,000 deep': [
    `${PUBLISH} let d = {}; for (let i = 0; i < 5000; i++) d = { d }; c.publish(d); console.log('over')`,
    /over/,
  ],
  'a value of 100 million characters': [`${PUBLISH} c.publish('x'.repeat(1e8)); console.log('over')`, /over/],
  'endless publishing': [
    `${PUBLISH} const f = () => { for (let i = 0; i < 5000; i++) c.publish(i); setImmediate(f) }; f()`,
    /more than 1,000,000 events/,
  ],
  'endless logs in one turn': [
    "for (;;) process.stderr.write('x')",
    /prints without end|more than 10,000 writes/,
  ],
  'huge logs turn after turn': [
    "const s = 'x'.repeat(1e5); setInterval(() => { for (let i = 0; i < 30; i++) console.log(s) }, 1)",
    /more than 32,000,000 printed characters/,
  ],
  'immediates without end': [
    "const f = () => setImmediate(f); f(); setTimeout(() => { console.log('over'); process.exit() }, 1500)",
    /over/,
  ],
  'ticks without end': ['const f = () => process.nextTick(f); f()', /20,000,000 steps in one turn/],
  'promises without end': ['for (;;) await null', /20,000,000 steps in one turn/],
  'thens without end': ['const f = () => Promise.resolve().then(f); f()', /20,000,000 steps in one turn/],
  'a generator without end': ['for (const x of (function* () { for (;;) yield 1 })()) ;', /20,000,000 steps/],
  'an iterator without end in native code': [
    'Array.from({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) })',
    /20,000,000 steps/,
  ],
  'deep recursion': ['const f = () => f() + 1; f()', /RangeError/],
  'recursion in finally': ['const f = () => { try { f() } finally { f() } }; f()', /no sign of life/],
  'a loop in WebAssembly': [
    'new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]))).exports.f()',
    /no sign of life/,
  ],
  'growing numbers': ['let x = 3n; for (;;) x *= x', /no sign of life|RangeError/],
  'a bomb of arrays': ['const a = []; for (;;) a.push(new Array(1e6).fill(a.length))', /no sign of life/],
  'a bomb of strings': [
    'const a = []; for (let i = 0; ; i++) a.push(String(i).repeat(1e7).toUpperCase())',
    /no sign of life|RangeError/,
  ],
  'a bomb of pieces': ["'x'.repeat(2 ** 29 - 24).split('').sort()", /no sign of life|RangeError/],
  'a bomb of typed arrays': [
    'const a = []; for (;;) a.push(new Uint8Array(1e8).fill(1))',
    /no sign of life|RangeError/,
  ],
  'a bomb of WebAssembly memory': [
    'const a = []; for (;;) { const m = new WebAssembly.Memory({ initial: 16384 }); new Uint8Array(m.buffer).fill(1); a.push(m) }',
    /no sign of life|RangeError/,
  ],
  'a million timers': [
    "for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e6); console.log('over')",
    /over/,
  ],
};

/** The page does it all itself and tells by its title: Playwright calls a page crashed when a frame in it did. */
async function begin(page: Page, program: string): Promise<void> {
  const next = programSpec("console.log('clean', ({}).polluted, [1].push(2))");
  await page.evaluate(
    ([spec, after]) => {
      type Events = { readonly events: readonly { readonly text?: string; readonly why?: string }[] };
      const { brownout } = globalThis as unknown as {
        brownout: { play(spec: unknown, untilNs: number): Promise<Events> };
      };
      const told = (run: Promise<Events>): Promise<string> =>
        run.then(
          ({ events }) => events.map(({ text = '', why = '' }) => `${text.slice(0, 500)} ${why}`).join(' '),
          (problem: Error) => problem.message,
        );
      document.title = 'busy';
      void told(brownout.play(spec, 2e9)).then(async (first) => {
        const second = await told(brownout.play(after, 1e9));
        document.title = `end ${first.replaceAll(/\s+/g, ' ').slice(-2_000)} | ${second}`;
      });
    },
    [programSpec(program), next] as const,
  );
}

async function titleOf(browser: Browser, targetId: string): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  return targetInfos.find((target) => target.targetId === targetId)?.title ?? 'gone';
}

async function targetOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  return (await session.send('Target.getTargetInfo')).targetInfo.targetId;
}

for (const [name, [program, end]] of Object.entries(attempts)) {
  test(`contained: ${name}`, async ({ page, browser }) => {
    await openEngine(page);
    const target = await targetOf(page);
    await begin(page, program);
    await expect.poll(() => titleOf(browser, target), { timeout: 40_000 }).toMatch(/^end /);
    const title = await titleOf(browser, target);
    expect(title).toMatch(end);
    expect(title).toContain('clean undefined 2');
  });
}
