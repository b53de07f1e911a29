// The cockpit over real Node in the tab: against a fake of WebContainer's API with the real supervisor behind it, and
// what a reader is told where WebContainer cannot be had. `npm run test:webcontainer` takes the service itself.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { breakAndMend } from './cockpit-flow.ts';
import { FakeWebContainer, type How } from './fake-webcontainer.ts';
import { chapter, editor, firstAnswer, openChapter, openCode, original, replaceText } from './lab-page.ts';

/** Set by `npm run test:webcontainer`: the service itself in place of the fake. */
const isReal = process.env['BROWNOUT_WEBCONTAINER'] === 'real';

const fakes: FakeWebContainer[] = [];
test.afterEach(async () => {
  for (const fake of fakes.splice(0)) await fake.end();
});

async function choose(page: Page, how: How): Promise<FakeWebContainer> {
  const fake = new FakeWebContainer();
  fakes.push(fake);
  if (!isReal) await fake.put(page, how);
  await openChapter(page);
  await page.getByRole('link', { name: 'Open in the lab' }).first().click();
  await page.getByRole('button', { name: 'Runs in' }).click();
  await page.getByRole('radio', { name: /^WebContainer/ }).check();
  return fake;
}

test('the same cockpit over real processes: run, break, put in, look, go back', async ({ page }) => {
  test.setTimeout(180_000);
  await choose(page, 'works');
  await expect(page.getByRole('link', { name: 'its terms' })).toHaveAttribute('href', /stackblitz\.com/);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  await expect(page.getByText('· in WebContainer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rewind' })).toHaveCount(0);

  await page.getByRole('button', { name: 'balancer:80', exact: true }).click();
  const shown = page.frameLocator('[title="What balancer:80 answers"]').locator('body');
  await expect(shown).toContainText(/"item":1|did not answer|no app is in rotation/);
  await breakAndMend(page);
  await expect(page.getByText(/frozen: its links hold everything/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('#lab').exclude('iframe').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await openCode(page);
  await page.getByRole('tab', { name: /app\.ts/ }).click();
  const app = await original(page, 'load-balancer/app.ts');
  await replaceText(page, `${app}\nconst mine: string = 'mine and typed';\nconsole.log(mine);\n`);
  await page.getByRole('button', { name: 'Put into the running cluster' }).click();
  await expect(page.getByText(/Restarted app1, app2, app3/)).toBeVisible();
  await expect(page.getByText('mine and typed').last()).toBeVisible();

  await page.getByRole('button', { name: 'Runs in' }).click();
  await page.getByRole('radio', { name: /^The data center/ }).check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  await expect(page.locator('[data-hash]')).toHaveText(/^[0-9a-f]{16}$/);
  await breakAndMend(page);
  await expect(page.getByText('· my version')).toBeVisible();

  await page.getByRole('radio', { name: /^WebContainer/ }).check();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  if (!isReal) expect(await page.evaluate('webContainerBoots'), 'one instance for the page').toBe(1);
});

for (const [how, found] of [
  ['throws', /could not be loaded or may not store anything: Failed to read the storage/],
  ['is not loaded', /could not be loaded or may not store anything/],
] as const) {
  test(`WebContainer that ${how}: the cause by name, and one click back with the edits kept`, async ({
    page,
  }) => {
    await choose(page, how);
    await openCode(page);
    await replaceText(page, `// mine\n${await original(page, 'load-balancer/pick.ts')}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'WebContainer to start' });
    await expect(problem).toContainText(found);
    await problem.getByRole('button', { name: 'Go on in the data center' }).click();
    await firstAnswer(page);
    await expect(problem).toHaveCount(0);
    await expect(editor(page)).toContainText('// mine');
  });
}

test('a boot without an answer is given up after 20 s; a page that is not isolated says so at once', async ({
  page,
}) => {
  await page.clock.install();
  await choose(page, 'hangs');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.locator('[data-status]')).toHaveText('booting…');
  await page.waitForFunction('globalThis.webContainerBoots === 1');
  await page.clock.fastForward(20_001);
  await expect(page.getByRole('alert').filter({ hasText: 'no answer within 20 s' })).toBeVisible();

  await page.clock.resume();
  await page.route(`**${chapter}`, async (route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers() };
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response: answer, headers });
  });
  await choose(page, 'works');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'not isolated from other origins' })).toBeVisible();
});
