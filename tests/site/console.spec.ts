// The Console as a reader uses it: a machine of one's own asks the balancer, sees an outage, has a program ended, and a
// link to the moment shows the same terminal in a fresh profile. Nothing of it is fetched before it is opened.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { machineRow, pause, startRun, untilSecond, virtualSeconds } from './lab-page.ts';

const terminal = (page: Page): Locator => page.getByRole('log', { name: 'Terminal' });
const hash = (page: Page): Locator => page.locator('[data-hash]');

async function type(page: Page, line: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Command' }).fill(line);
  await page.keyboard.press('Enter');
}

test('a reader asks from a machine of their own, and a link shows the same terminal', async ({
  page,
  browser,
}) => {
  test.slow();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await startRun(page);
  await untilSecond(page, 1);
  expect(asked).not.toContain('/labs/_you.json');
  await expect(machineRow(page, 'you')).toHaveCount(0);

  // The run is replayed with the machine in it: the terminal says so, aloud too, for as long as that takes.
  const heard = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        new MutationObserver(() => {
          const terminal = document.querySelector('.ck-console');
          const said = terminal?.querySelector('[aria-live="polite"]')?.textContent ?? '';
          if (said.startsWith('Bringing')) resolve(terminal?.textContent ?? '');
        }).observe(document.body, { childList: true, characterData: true, subtree: true });
      }),
  );
  await page.getByRole('button', { name: 'Console', exact: true }).click();
  await type(page, 'curl -i http://balancer/item?id=1');
  expect(await heard).toMatch(/^Bringing your machine into the run: replaying to second \d+ …/);
  await expect(page.locator('.ck-console')).not.toContainText('Bringing');
  await expect(terminal(page)).toContainText(/HTTP\/1\.1 200 OK\n(?:.*\n)*x-served-by: app\d/);
  await expect(machineRow(page, 'you')).toContainText('up');
  await expect(page.getByRole('img', { name: /^Topology/ })).toHaveAccessibleName(/balancer with you/);

  await type(page, 'tcpdump host you and port 80');
  await type(page, 'load http://balancer/item?id=1 -r 30 -d 60');
  await expect(terminal(page)).toContainText(/ 1 s {2}\d+ sent/);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await expect(terminal(page)).toContainText(/answered {2}[1-9]\d* failed/);
  await expect(page.getByRole('region', { name: /^tcpdump/ })).toContainText(
    /IP you\.\d+ > balancer\.80: Flags \[P\.\], length \d+/,
  );
  await page.getByRole('button', { name: 'Ctrl-C' }).click();
  await expect(terminal(page)).toContainText(/\^C\n\d+ sent, \d+ answered.*\n.*502: \d+/);
  await page.getByRole('textbox', { name: 'Command' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('textbox', { name: 'Command' })).toHaveValue(/^load /);
  await type(page, 'ss balancer');
  await expect(page.getByRole('region', { name: 'ss balancer' })).toContainText(/ESTAB +balancer:80/);
  await pause(page);
  expect((await new AxeBuilder({ page }).include('.cockpit').analyze()).violations).toEqual([]);
  const seen = { text: await terminal(page).textContent(), hash: await hash(page).textContent() };
  const at = await virtualSeconds(page);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Make and copy the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
  const fresh = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const other = await fresh.newPage();
  await other.goto(link);
  await other.getByRole('button', { name: 'Run it to that moment' }).click();
  await expect(other.locator('[data-status]')).toHaveText('paused', { timeout: 30_000 });
  await expect(hash(other)).toHaveText(seen.hash ?? '');
  expect(await virtualSeconds(other)).toBe(at);
  await other.getByRole('button', { name: 'Tools', exact: true }).click();
  await other.getByRole('button', { name: 'Console', exact: true }).click();
  await expect(terminal(other)).toHaveText(seen.text ?? '');
  expect(await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  );
  await fresh.close();
});
