// Boots and tears down a small cluster again and again in one page: memory, frames and workers must not grow.
// Compares, after forced collections, an early cycle with the last. 45 cycles in `npm test`; the whole
// thousand with BROWNOUT_SOAK_CYCLES=1000.
import { type CDPSession, expect, test } from '@playwright/test';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { openEngine } from './engine-page.ts';

const CYCLES = Number(process.env['BROWNOUT_SOAK_CYCLES'] ?? 45);
const EARLY = Math.min(100, Math.floor(CYCLES / 3));
const GROWTH_MAX = 1.1;

const SERVER = `import http from 'node:http';
http.createServer((request, response) => response.end('hello')).listen(80);`;
const CLIENT = `import http from 'node:http';
setInterval(() => http.get('http://server/', (answer) => answer.resume()), 10);`;

/** Every cycle has other files, so that each needs a clean thread, as a reader's edits do. */
function specOf(cycle: number): RunSpec {
  return {
    cluster: {
      name: 'soak',
      title: 'Two machines',
      machines: [
        { name: 'server', program: 'server.mjs' },
        { name: 'client', program: 'client.mjs' },
      ],
    },
    files: { 'soak/server.mjs': `${SERVER} // ${cycle}`, 'soak/client.mjs': CLIENT },
    sandbox: 'soak',
    seed: cycle,
  };
}

interface Weight {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
}

/** Of the page itself, after collections. Frames of their own process weigh nothing here; they are counted. */
async function weigh(session: CDPSession): Promise<Weight> {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners, documents } = await session.send('Memory.getDOMCounters');
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners, documents };
}

test(`${CYCLES} boots and teardowns leave no growth (BROWNOUT_SOAK_CYCLES=1000 for all)`, async ({
  page,
  browser,
}) => {
  test.setTimeout(60_000 + CYCLES * 1_500);
  await openEngine(page);
  const session = await page.context().newCDPSession(page);
  const own = await browser.newBrowserCDPSession();
  const { browserContextId } = (await session.send('Target.getTargetInfo')).targetInfo;
  const targets = async (): Promise<number> => {
    const { targetInfos } = await own.send('Target.getTargets', { filter: [{}] });
    const ours = targetInfos.filter((target) => target.browserContextId === browserContextId);
    return ours.filter(({ type }) => type === 'iframe' || type === 'worker').length;
  };
  const cycleTo = async (from: number, to: number): Promise<void> => {
    for (let cycle = from; cycle < to; cycle++) {
      await page.evaluate(async (spec) => {
        const { brownout } = globalThis as unknown as {
          brownout: { play(spec: RunSpec, untilNs: number): Promise<unknown> };
        };
        await brownout.play(spec, 0.1e9);
      }, specOf(cycle));
    }
  };
  await cycleTo(0, EARLY);
  const early = await weigh(session);
  const earlyTargets = await targets();
  await cycleTo(EARLY, CYCLES);
  const late = await weigh(session);
  test.info().annotations.push({ type: 'weights', description: JSON.stringify({ early, late }) });
  process.stdout.write(
    `cycle ${EARLY}: ${JSON.stringify(early)}; cycle ${CYCLES}: ${JSON.stringify(late)}\n`,
  );
  for (const name of ['heapBytes', 'nodes', 'listeners', 'documents'] as const) {
    expect(late[name], `${name}, was ${early[name]}`).toBeLessThanOrEqual(early[name] * GROWTH_MAX);
  }
  expect(await page.locator('iframe').count(), 'frames in the page').toBeLessThanOrEqual(1);
  await expect.poll(targets, { message: 'frames and workers' }).toBeLessThanOrEqual(earlyTargets);
});
