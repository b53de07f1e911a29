// Puts the page's data center runtime into a page of the built site, as labs use it, for tests that need no
// cockpit: `globalThis.brownout.play(spec, untilNs)`. Holds no test.
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { buildSync } from 'esbuild';
import type { Batch, RunSpec } from '../../src/runtime/runtime.ts';

const source = `
import { createDatacenterRuntime } from './src/runtime/datacenter.ts';
const runtime = createDatacenterRuntime();
globalThis.brownout = {
  async play(spec, untilNs) {
    const { run, first } = await runtime.boot(spec);
    const events = [...first.events];
    let batch = first;
    try {
      while (batch.nowNs < untilNs && !batch.idle) {
        batch = await run.advanceTo(Math.min(untilNs, batch.nowNs + 250e6));
        events.push(...batch.events);
      }
    } finally {
      run.stop();
    }
    return { ...batch, events };
  },
};
`;

let bundle: string | undefined;

function bundled(): string {
  bundle ??= buildSync({
    stdin: { contents: source, resolveDir: resolve(import.meta.dirname, '../..'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
  }).outputFiles[0]?.text;
  return bundle ?? '';
}

/** A page whose policy lets a lab run. */
export const engineAddress = '/chapters/load-balancing/';

/** Opens a page and makes the runtime ready in it, as a module that the page's own policy admits. */
export async function openEngine(page: Page): Promise<void> {
  await page.goto(engineAddress);
  await page.evaluate(async (text) => {
    await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  }, bundled());
}

/** Runs to the given time in the page; the last batch with all events. Rejects as the runtime does. */
export async function playInPage(page: Page, spec: RunSpec, untilNs: number): Promise<Batch> {
  return page.evaluate(
    ([given, until]) => {
      const { brownout } = globalThis as unknown as {
        brownout: { play(spec: RunSpec, untilNs: number): Promise<Batch> };
      };
      return brownout.play(given, until);
    },
    [spec, untilNs] as const,
  );
}

/** A cluster of one machine that runs the given text as main.mjs. */
export function programSpec(text: string, seed = 1): RunSpec {
  return {
    cluster: { name: 'test', title: 'One machine', machines: [{ name: 'box', program: 'main.mjs' }] },
    files: { 'test/main.mjs': text },
    sandbox: 'test',
    seed,
  };
}

/** Everything the machine printed. */
export function printed(batch: Batch): string {
  return batch.events.flatMap((event) => (event.kind === 'log' ? [event.text] : [])).join('');
}
