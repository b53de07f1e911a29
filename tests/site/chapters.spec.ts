// Every chapter, and every further lab, as its reader uses it: Run boots its cluster within the bytes that a Run may cost,
// time passes, nothing is wrong with the page; and each exercise is failed as shipped and, with its solution typed into the
// editor, goes through the first runs of its check.
// What a cockpit can do beyond that is tried once, on load balancing: lab.spec.ts.
import { expect, type Page, test } from '@playwright/test';
import { chapters, sideLabs } from './built-pages.ts';
import { bytesOf, LARGE_RUN_BYTES_MAX, RUN_BYTES_MAX, watchBytes } from './bytes.ts';
import { editor, replaceText, untilSecond } from './lab-page.ts';

/** Not Run's: every page asks for them three seconds after any sign of a reader (islands/frame.ts). */
const LATER = /^\/_astro\/(register|reading)\b/;

/** So many runs of a solution in the page are enough; more are played by tests/sandboxes/exercises.test.ts. */
const RUNS_ENOUGH = 3;

/** Chapters whose Run is within the smaller bound. */
const SMALL = new Set(['/chapters/load-balancing/', '/chapters/shared-hosting/']);

interface Lab {
  readonly sandbox: string;
  readonly exercises: readonly string[];
}
type Exercises = Record<
  string,
  {
    readonly spec: { readonly title: string };
    readonly solution: Record<string, string>;
  }
>;

async function labOf(page: Page): Promise<Lab> {
  return JSON.parse((await page.locator('[data-lab]').first().textContent()) ?? 'null') as Lab;
}

async function exercisesOf(page: Page, sandbox: string): Promise<Exercises> {
  const answer = await page.request.get(`/labs/${sandbox}.json`);
  return ((await answer.json()) as { readonly exercises: Exercises }).exercises;
}

/** The check goes through enough runs without a broken promise, and is stopped, or comes to its end. */
async function passes(page: Page): Promise<void> {
  const said = page.locator('.ck-exercise [role=status]');
  const runs = async (): Promise<number> => {
    const text = (await said.textContent()) ?? '';
    return Number(/Passed: (\d+) of|(\d+) of \d+ runs$/.exec(text)?.slice(1).find(Boolean) ?? 0);
  };
  await expect.poll(runs, { timeout: 120_000 }).toBeGreaterThanOrEqual(RUNS_ENOUGH);
  // It may come to its end just now.
  const stop = page.getByRole('button', { name: 'Stop the check' });
  await stop.click({ timeout: 2000 }).catch(() => undefined);
}

async function check(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check my version' }).click();
}

for (const path of [...chapters, ...sideLabs]) {
  test(`${path}: Run runs, and each exercise is failed as shipped and goes on with its solution`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const loaded = watchBytes(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    await loaded();
    const { sandbox, exercises } = await labOf(page);
    await page.getByRole('button', { name: 'Run', exact: true }).first().click();
    await untilSecond(page, 1);
    const files = (await loaded()).filter(([file]) => !LATER.test(file));
    const most = SMALL.has(path) ? RUN_BYTES_MAX : LARGE_RUN_BYTES_MAX;
    expect(bytesOf(files), `of ${JSON.stringify(files)}`).toBeLessThanOrEqual(most);
    await untilSecond(page, 3);
    await page.getByRole('button', { name: 'Pause' }).click();
    const all = await exercisesOf(page, sandbox);
    for (const name of exercises) {
      const { spec, solution } = all[name] ?? { spec: { title: name }, solution: {} };
      await page.getByRole('button', { name: `Exercise: ${spec.title}` }).click();
      await check(page);
      await expect(page.locator('.ck-verdict')).toContainText('Not yet', { timeout: 60_000 });
      for (const [file, text] of Object.entries(solution)) {
        await page.getByRole('button', { name: `Open ${file.split('/').at(-1)}`, exact: true }).click();
        await expect(editor(page)).toBeVisible();
        await replaceText(page, text);
      }
      await check(page);
      await passes(page);
      await page.getByRole('button', { name: "Back to the chapter's files" }).click();
    }
    expect(errors).toEqual([]);
  });
}
