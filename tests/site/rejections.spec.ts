// Promises that a program leaves rejected end it in the page as in Node: at the same moment, with the same trace.
// Browsers report such promises by an event of their own, some time after the turn that made them.
import { expect, test } from '@playwright/test';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { openEngine, playInPage } from './engine-page.ts';

const UNTIL_NS = 3e9;

/** Several machines, so that a report that comes late would meet another machine's turn. */
function spec(program: string): RunSpec {
  const busy =
    'setInterval(() => process.nextTick(() => undefined), 1); setImmediate(function again() { if (performance.now() < 50) setImmediate(again); });';
  return {
    cluster: {
      name: 'test',
      title: 'Rejections',
      machines: ['a', 'b', 'c'].map((name) => ({ name, program: name === 'b' ? 'main.mjs' : 'busy.mjs' })),
    },
    files: { 'test/main.mjs': program, 'test/busy.mjs': busy },
    sandbox: 'test',
    seed: 1,
  };
}

const programs: Readonly<Record<string, string>> = {
  'rejected at once': "Promise.reject(new Error('nobody catches'));",
  'rejected later': "setTimeout(async () => { throw new Error('later'); }, 20);",
  'handled within the turn':
    "const p = Promise.reject(new Error('x')); p.catch(() => console.log('caught')); setTimeout(() => console.log('alive'), 30);",
  'a listener for it':
    "process.on('unhandledRejection', (reason) => console.log('heard', reason.message)); Promise.reject(new Error('y')); setTimeout(() => console.log('alive'), 30);",
  'thrown in a microtask': "queueMicrotask(() => { throw new Error('micro'); });",
  'after an await':
    "setTimeout(async () => { await null; await null; throw new Error('after'); }, 5); setTimeout(() => console.log('not reached'), 6);",
};

for (const [name, program] of Object.entries(programs)) {
  test(`${name}: the same in Node and in the page`, async ({ page }) => {
    await openEngine(page);
    const inPage = await playInPage(page, spec(program), UNTIL_NS);
    const runtime = datacenterRuntime();
    const { run, first } = await runtime.boot(spec(program));
    const last = await run.advanceTo(UNTIL_NS);
    await runtime.close();
    const told = (events: typeof first.events): unknown[] =>
      events
        .filter((event) => event.kind !== 'packet')
        .map((event) => ({
          ...event,
          ...('text' in event ? { text: event.text.replaceAll(/\n\s+at .*/g, '') } : {}),
        }));
    expect(told(inPage.events)).toEqual(told([...first.events, ...last.events]));
    expect(inPage.hash).toBe(last.hash);
  });
}
