// How long a reader waits for the first answered request that the lab shows: cold, in a context that has fetched nothing
// before, and warm, when the same page boots the cluster again. Both with the lab at its usual speed, so what the
// cluster itself waits for is in it. Called by page.ts.
import type { Browser } from '@playwright/test';
import { type Spread, spreadOf } from './spread.ts';

export interface FirstAnswers {
  readonly coldMs: Spread;
  readonly warmMs: Spread;
}

const PATIENCE_MS = 60_000;

export async function measureFirstAnswers(
  browser: Browser,
  address: string,
  tries: number,
): Promise<FirstAnswers> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const firstAnswerMs = async (button: string): Promise<number> => {
      await page.evaluate(watchFirstAnswer);
      await page.getByRole('button', { name: button, exact: true }).first().click();
      const found = await page.waitForFunction(() => document.documentElement.dataset['firstAnswerMs']);
      return Number(await found.jsonValue());
    };
    await page.goto(address, { waitUntil: 'networkidle' });
    cold.push(await firstAnswerMs('Run'));
    await page.getByRole('button', { name: 'Code', exact: true }).click();
    await page.locator('.cm-content').waitFor();
    warm.push(await firstAnswerMs('Run with my version'));
    await context.close();
  }
  return { coldMs: spreadOf(cold), warmMs: spreadOf(warm) };
}

/** In the page: notes how long after the next click the table of machines first counts an answer of the new run. */
function watchFirstAnswer(): void {
  const notes = document.documentElement.dataset;
  delete notes['firstAnswerMs'];
  const answers = (): number => {
    const text = document.querySelector('table[aria-label="Machines"]')?.textContent ?? '';
    return Number((/([\d,]+) answers so far/.exec(text)?.[1] ?? '0').replaceAll(',', ''));
  };
  let clickedMs = Number.NaN;
  let before = 0;
  const observer = new MutationObserver(() => {
    const now = answers();
    // The run before goes on counting until the new one is there, which begins from nothing.
    if (now === 0 || (before > 0 && now >= before)) return;
    notes['firstAnswerMs'] = (performance.now() - clickedMs).toFixed(1);
    observer.disconnect();
  });
  document.addEventListener(
    'click',
    () => {
      clickedMs = performance.now();
      before = answers();
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    { capture: true, once: true },
  );
}
