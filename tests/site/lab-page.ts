// How the lab's tests find their way in the cockpit: as a reader would, by role and name.
// Holds no test. Used by the specs that open a lab.
import { expect, type Locator, type Page } from '@playwright/test';

export const chapter = '/chapters/load-balancing/';
/** The same lab without the chapter around it: finding things by role in 15,000 elements takes a quarter of a test's time. */
export const labAlone = '/embed/load-balancer/';

export const machineRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Machines', exact: true })
    .getByRole('row', { name: new RegExp(`^${name}`) });

/** Requests that a machine has answered, as its row says. */
export async function served(page: Page, name: string): Promise<number> {
  return Number(((await page.locator(`[data-served="${name}"]`).textContent()) ?? '').replace(/\D/g, ''));
}

/** Virtual seconds, as the bar says. */
export async function virtualSeconds(page: Page): Promise<number> {
  return Number.parseFloat((await page.locator('[data-time]').textContent()) ?? '');
}

export async function untilSecond(page: Page, second: number): Promise<void> {
  await expect.poll(() => virtualSeconds(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(second);
}

export async function openChapter(page: Page, path = chapter): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('button', { name: 'Run', exact: true }).first()).toBeVisible();
}

/** Presses Run and waits for the first answer. */
export async function startRun(page: Page, path = labAlone): Promise<void> {
  await openChapter(page, path);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
}

export async function firstAnswer(page: Page): Promise<void> {
  await expect.poll(() => served(page, 'balancer'), { timeout: 30_000 }).toBeGreaterThan(0);
}

export async function pace(page: Page, label: string): Promise<void> {
  await page.getByRole('radio', { name: label, exact: true }).check();
}

/** Pauses and waits until what was under way has been shown. */
export async function pause(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-status]')).toHaveText('paused');
  const hash = page.locator('[data-hash]');
  let last = '';
  await expect(async () => {
    const now = (await hash.textContent()) ?? '';
    const still = now === last;
    last = now;
    expect(still).toBe(true);
  }).toPass({ intervals: [250] });
}

/** What the cockpit says of the moment: served by each machine, lost, time. Paused runs only. */
export async function numbers(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of ['balancer', 'app1', 'app2', 'app3']) found[name] = String(await served(page, name));
  for (const figure of ['rate', 'p99', 'lost'])
    found[figure] = (await page.locator(`[data-figure="${figure}"]`).textContent()) ?? '';
  return found;
}

export const editor = (page: Page): Locator => page.locator('.cm-content');

export async function openCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(editor(page)).toBeVisible();
}

/** Puts other text into the open file, as a reader who selects all and pastes. */
/** Types it in place of all that is there; again where the editor was not ready for it. */
export async function replaceText(page: Page, text: string): Promise<void> {
  const firstLine = text.trimStart().split('\n')[0] ?? '';
  await expect(async () => {
    await editor(page).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
    await expect(editor(page)).toContainText(firstLine, { timeout: 2_000 });
  }).toPass();
}

/** The sandbox's own text of a file. */
export async function original(page: Page, path: string): Promise<string> {
  const answer = await page.request.get('/labs/load-balancer.json');
  const { files } = (await answer.json()) as { files: Record<string, { source: string }> };
  const text = files[path]?.source;
  if (text === undefined)
    throw new Error(`expected ${path} in /labs/load-balancer.json, found none: correct the path.`);
  return text;
}
