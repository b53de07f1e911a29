// The lab as a reader uses it: run, break, rewind, edit.
// On the real page with the real engine, in a real Chromium.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import {
  chapter,
  editor,
  firstAnswer,
  machineRow,
  numbers,
  openChapter,
  openCode,
  original,
  pace,
  pause,
  replaceText,
  served,
  startRun,
  untilSecond,
  virtualSeconds,
} from './lab-page.ts';

const pick = 'load-balancer/pick.ts';
const turn = 'apps[turn++ % apps.length]';

test('nothing of lab, engine or editor is loaded before the reader asks', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openChapter(page);
  await page.waitForLoadState('networkidle');
  expect(asked.filter((path) => /\/labs\/|mount|datacenter|editor|uPlot|chart/i.test(path))).toEqual([]);

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  expect(asked).toContain('/labs/load-balancer.json');
  expect(asked.filter((path) => /editor/i.test(path))).toEqual([]);
  await openCode(page);
  expect(asked.filter((path) => /editor/i.test(path))).not.toEqual([]);
});

test('Run leads to the first answered request', async ({ page }) => {
  await startRun(page);
  await expect(page.locator('[data-status]')).toHaveText('running');
  await expect
    .poll(async () => (await served(page, 'app1')) + (await served(page, 'app3')))
    .toBeGreaterThan(0);
  await expect(machineRow(page, 'app2')).toContainText('up');
  await expect(page.getByRole('img', { name: /Topology: .*app3 up.*Packets were seen/ })).toBeVisible();
});

test('a killed app says so, is taken out, and the others serve on', async ({ page }) => {
  await startRun(page);
  await untilSecond(page, 2);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await expect(machineRow(page, 'app2')).toContainText('killed');
  await expect(machineRow(page, 'app2').getByRole('button', { name: 'Kill' })).toBeDisabled();
  await expect(machineRow(page, 'app2').getByRole('button', { name: 'Restart' })).toBeEnabled();
  await expect(page.getByText(/app2 killed at .* lost\./)).toBeVisible();

  await pace(page, '10×');
  const before = {
    dead: await served(page, 'app2'),
    app1: await served(page, 'app1'),
    app3: await served(page, 'app3'),
  };
  await untilSecond(page, (await virtualSeconds(page)) + 12);
  await pause(page);
  expect(await served(page, 'app2')).toBe(before.dead);
  expect(await served(page, 'app1')).toBeGreaterThan(before.app1 + 100);
  expect(await served(page, 'app3')).toBeGreaterThan(before.app3 + 100);
  const lost = await page.locator('[data-figure="lost"]').textContent();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await untilSecond(page, (await virtualSeconds(page)) + 5);
  expect(await page.locator('[data-figure="lost"]').textContent(), 'taken out: nothing more is lost').toBe(
    lost,
  );
});

test('Rewind to before the kill shows the same numbers, and Run repeats the kill', async ({ page }) => {
  await startRun(page);
  await untilSecond(page, 3);
  await pause(page);
  const before = await numbers(page);
  const hash = await page.locator('[data-hash]').textContent();
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await expect(machineRow(page, 'app2')).toContainText('killed');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await untilSecond(page, 6);
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect(machineRow(page, 'app2')).toContainText('up');
  await expect(page.locator('[data-status]')).toHaveText('paused');
  expect(await numbers(page)).toEqual(before);
  expect(await page.locator('[data-hash]').textContent()).toBe(hash);
  await expect(page.getByText('the trace is the same as before')).toBeVisible();

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(machineRow(page, 'app2')).toContainText('killed');
});

test('acting anew after a rewind drops what was done later, and says so', async ({ page }) => {
  await startRun(page);
  await untilSecond(page, 2);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await untilSecond(page, 3);
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect(page.getByText('One action lies ahead')).toBeVisible();
  await machineRow(page, 'app3').getByRole('button', { name: 'Freeze' }).click();
  await expect(page.getByText('The later action was dropped')).toBeVisible();
  await expect(machineRow(page, 'app3')).toContainText('frozen');
  await expect(machineRow(page, 'app3').getByRole('button', { name: 'Thaw' })).toBeVisible();
  await expect(machineRow(page, 'app2')).toContainText('up');
});

test('a link can be cut, slowed in one direction and mended, and a disk fills up', async ({ page }) => {
  await startRun(page);
  const row = page.getByRole('table', { name: 'Links' }).getByRole('row', { name: /^balancer – app1/ });
  await row.getByRole('button', { name: 'Cut' }).click();
  await expect(row).toContainText('✕ cut');
  await row.getByRole('button', { name: 'Mend' }).click();
  await expect(row).toContainText('as built');
  await row.getByRole('button', { name: 'More' }).click();
  const what = page.getByLabel('what to do');
  await expect(what).toHaveAccessibleDescription(/A detour: each packet takes so much longer/);
  await page.getByLabel('direction').selectOption({ label: 'only app1 → balancer' });
  const amount = page.getByRole('spinbutton', { name: 'time that each packet takes longer, ms' });
  await amount.fill('-5');
  await expect(page.getByText('a number from 0 to 10,000')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do it' })).toBeDisabled();
  await amount.fill('300');
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(row).toContainText('+300 ms → balancer');
  await what.selectOption('Loss');
  await expect(what).toHaveAccessibleDescription(/Interference/);
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(row).toContainText('loses 5% → balancer');
  await row.getByRole('button', { name: 'Mend' }).click();
  await expect(row).toContainText('as built');
  await row.getByRole('button', { name: 'More' }).click();

  await machineRow(page, 'app2').getByRole('button', { name: 'More' }).click();
  await what.selectOption('Full disk');
  await page.getByRole('button', { name: 'Do it' }).click();
  await expect(machineRow(page, 'app2')).toContainText('▼ disk full');
  await expect(page.getByRole('img', { name: /Topology: .*app2 up, disk full/ })).toBeVisible();
  await page.getByRole('searchbox', { name: 'with' }).fill('app3 ');
  await expect(page.locator('.ck-line').first()).toContainText('app3');

  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  const watched = (label: string) => page.getByRole('table', { name: label });
  await expect(watched('In rotation').getByRole('row', { name: /^app3 in \d/ })).toBeVisible();
  await expect(watched('Requests in flight').getByRole('row', { name: /^app2 \d/ })).toBeVisible();
  await expect(watched('How busy each machine is').getByRole('row', { name: /^app1 \d/ })).toContainText('%');
  await page.getByRole('region', { name: 'Watch' }).locator('summary').first().click();
  await expect(page.getByRole('row', { name: /app3 – in$|app3 out in$/ }).first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('#ck-tool-watch').analyze();
  expect(violations).toEqual([]);

  // Keys: space runs and pauses where no control has focus; a comma goes back to before the last deed.
  await page.locator('.ck-pace').click();
  await page.keyboard.press('Space');
  await expect(page.locator('[data-status]')).toHaveText('paused');
  await page.keyboard.press(',');
  await expect(machineRow(page, 'app2')).not.toContainText('disk');
});

test('an edit of pick.ts changes who gets requests, and is kept', async ({ page }) => {
  await startRun(page);
  await openCode(page);
  const text = await original(page, pick);
  expect(text).toContain(turn);
  const putIn = page.getByRole('button', { name: 'Put into the running cluster' });
  await expect(putIn).toBeDisabled();
  await replaceText(page, text.replace(turn, 'apps[1]'));
  await putIn.click();
  await expect(page.getByText('Restarted balancer.')).toBeVisible({ timeout: 30_000 });
  await expect(putIn).toBeDisabled();
  await expect(page.getByText('· my version')).toBeVisible();
  await replaceText(page, text.replace(turn, 'apps[0]'));
  await page.getByRole('button', { name: 'Run with my version' }).click();
  // Health checks are answered too, so the others are not quite at nothing.
  await expect(async () => {
    expect(await served(page, 'app1')).toBeGreaterThan(30);
    expect((await served(page, 'app2')) + (await served(page, 'app3'))).toBeLessThan(15);
  }).toPass({ timeout: 30_000 });

  await page.goto(chapter);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await firstAnswer(page);
  await openCode(page);
  await expect(page.getByRole('tab', { name: /pick\.ts changed/ })).toBeVisible();
  await page.getByRole('button', { name: 'Reset to the original' }).click();
  await expect(editor(page)).toContainText(turn);
  await page.getByRole('button', { name: 'Have my version back' }).click();
  await expect(editor(page)).toContainText('=> apps[0]');
});

test('a syntax error says where, what and how to mend it, and loses nothing', async ({ page }) => {
  await startRun(page);
  await openCode(page);
  const text = await original(page, pick);
  const line = text.split('\n').length + 1;
  const typed = page.getByRole('status').filter({ hasText: /Types are|line \d+/ });
  await expect(typed).toContainText('stripped and not checked');
  await replaceText(page, `import './pik.ts';\n${text}`);
  await expect(typed).toContainText("line 1: expected an import of a file that is there, found './pik.ts'");
  await replaceText(page, `${text}\nconst syntax error = 1;\n`);
  await expect(typed).toContainText(`line ${line}: expected JavaScript`);
  await page.getByRole('button', { name: 'Run with my version' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'pick.ts' });
  await expect(alert).toContainText(`load-balancer/pick.ts:${line}`);
  for (const word of ['Expected', 'Found', 'Fix']) await expect(alert).toContainText(word);
  await alert.getByRole('button', { name: 'Go to the line' }).click();
  await expect(page.locator('.code-complaint')).toBeVisible();
  await expect(editor(page)).toContainText('const syntax error');

  await replaceText(page, text);
  await page.getByRole('button', { name: 'Run with my version' }).click();
  await expect(alert).toHaveCount(0);
  await firstAnswer(page);
});

test('an infinite loop in pick.ts stops only its machine, with file and line', async ({ page }) => {
  await startRun(page);
  await openCode(page);
  const text = await original(page, pick);
  await replaceText(
    page,
    text.replace(`return (apps) => ${turn};`, 'return (apps) => {\n    for (;;) turn++;\n  };'),
  );
  await page.getByRole('button', { name: 'Run with my version' }).click();
  await expect(machineRow(page, 'balancer')).toContainText(/crashed|killed/, { timeout: 30_000 });
  for (const app of ['app1', 'app2', 'app3']) await expect(machineRow(page, app)).toContainText('up');
  const place = page.getByRole('button', { name: /pick\.ts:\d+/ }).first();
  await expect(place).toBeVisible();
  await place.click();
  await expect(page.getByRole('tab', { name: /pick\.ts/ })).toHaveAttribute('aria-selected', 'true');
  await expect(editor(page)).toBeFocused();
});

test('what led to a lost request: its hops with their times, and the kill before it', async ({ page }) => {
  await startRun(page);
  await untilSecond(page, 1);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await page.getByRole('button', { name: 'Requests', exact: true }).click();
  await page.getByRole('radio', { name: 'Lost' }).check();
  const why = page.getByRole('button', { name: /^Why\? What led to (GET|POST)/ }).first();
  // Requests are lost while it is pressed, and the list moves: whoever missed presses again.
  await expect(async () => {
    if ((await page.locator('[data-status]').textContent()) !== 'paused') await why.click();
    await expect(page.locator('[data-status]')).toHaveText('paused', { timeout: 2_000 });
  }).toPass();
  const title = page.getByRole('heading', { name: 'What led to this?' });
  await expect(title).toBeFocused();
  await expect(page.getByRole('listitem').filter({ hasText: 'app2 killed at' })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'balancer asks app2' }).first()).toBeVisible();
});

test('a dial turned while the programs run changes them, and is turned again by a replay', async ({
  page,
}) => {
  await startRun(page);
  await page.getByRole('button', { name: 'Dials', exact: true }).click();
  await page.getByRole('slider', { name: 'Requests a second' }).fill('200');
  await page.getByLabel('Which app next').selectOption('least-connections');
  await expect(page.locator('[data-figure="rate"]')).toHaveText(/^(1[5-9]|2)\d\d?$/, { timeout: 30_000 });
  await pause(page);
  const seen = await numbers(page);
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect(page.getByLabel('Which app next')).toHaveValue('round-robin');
  await page.getByRole('slider', { name: 'Moment of the run' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByLabel('Which app next')).toHaveValue('least-connections');
  await expect.poll(() => numbers(page)).toEqual(seen);
});
