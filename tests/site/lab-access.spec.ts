// The lab without a mouse, with assistive technology and on a phone:
// keyboard paths, focus, target sizes, axe in each state, reduced motion.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import {
  editor,
  labAlone,
  machineRow,
  openChapter,
  openCode,
  pause,
  startRun,
  untilSecond,
  virtualSeconds,
} from './lab-page.ts';

/** `colors`: only what another scheme can change. */
async function axeFinds(page: Page, colors = false): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (colors ? axe.withRules(['color-contrast']) : axe).analyze();
  return violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
}

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any state of the lab, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openChapter(page, labAlone);
    expect(await axeFinds(page, scheme === 'dark'), 'idle').toEqual([]);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await untilSecond(page, 1);
    await machineRow(page, 'app2').getByRole('button', { name: 'Power off' }).click();
    await machineRow(page, 'app3').getByRole('button', { name: 'Freeze' }).click();
    await expect(machineRow(page, 'app3')).toContainText('frozen');
    await machineRow(page, 'app1').getByRole('button', { name: 'More' }).click();
    await page.getByRole('button', { name: 'Do it' }).click();
    await expect(machineRow(page, 'app1')).toContainText('disk +50 ms');
    await pause(page);
    expect(await axeFinds(page, scheme === 'dark'), 'running, broken').toEqual([]);
    await openCode(page);
    expect(await axeFinds(page, scheme === 'dark'), 'editor open').toEqual([]);
  });
}

test('the keyboard is enough: run, kill, rewind, edit, leave the editor', async ({ page }) => {
  await openChapter(page, labAlone);
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.focus();
  await page.keyboard.press('Enter');
  // Focus stays on the button that now pauses.
  await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();
  await untilSecond(page, 2);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).focus();
  await page.keyboard.press('Enter');
  await expect(machineRow(page, 'app2')).toContainText('killed');
  await expect(machineRow(page, 'app2').getByRole('button', { name: 'Kill' })).toBeFocused();

  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => virtualSeconds(page)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => virtualSeconds(page)).toBeGreaterThan(0.9);
  await expect(slider).toHaveAttribute('aria-valuetext', /s/);

  await page.getByRole('button', { name: 'Code', exact: true }).focus();
  await page.keyboard.press('Enter');
  await editor(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor(page)).not.toBeFocused();
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
  );
  expect(outline, 'what has focus shows it').not.toBe('none');
});

test('on a phone tools are a sheet over the bench: focus goes in and back, Escape closes, nothing is cut off', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await startRun(page);
  const dock = (name: string) => page.locator('.ck-dock').getByRole('button', { name, exact: true });
  await dock('Break it').click();
  await expect(page.getByRole('heading', { name: 'Break it', exact: true })).toBeFocused();
  await expect(page.locator('.ck-map')).toBeInViewport({ ratio: 0.9 });
  await machineRow(page, 'app2').getByRole('button', { name: 'Power off' }).click();
  await expect(page.locator('.ck-box', { hasText: 'app2' })).toContainText('no power');
  await machineRow(page, 'app1').getByRole('button', { name: 'More' }).click();
  expect((await new AxeBuilder({ page }).include('.cockpit').analyze()).violations).toEqual([]);
  await expectNothingCut(page);
  await page.keyboard.press('Escape');
  await expect(dock('Break it')).toBeFocused();
  await expect(machineRow(page, 'app1')).toBeHidden();

  await dock('Tools').click();
  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Watch' })).toBeFocused();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(dock('Tools')).toBeFocused();

  // At 200% of a small window a sheet would hide the bench: there the tools are rows.
  await page.setViewportSize({ width: 640, height: 450 });
  await page.reload();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(machineRow(page, 'app1').getByRole('button', { name: 'Kill' })).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await dock('Code').click();
  await expect(editor(page)).toBeVisible();
  await expectNothingCut(page);
});

async function expectNothingCut(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const small = await page
    .locator(
      '.cockpit :is(button:not(.ck-place), select, summary, input[type=number], input[type=search], .ck-speed label)',
    )
    .evaluateAll((all) =>
      all
        .map((one) => ({ box: one.getBoundingClientRect(), text: one.textContent }))
        .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ box, text }) => `${text}: ${Math.round(box.width)} x ${Math.round(box.height)}`),
    );
  expect(small).toEqual([]);
  const texts = await page.locator('.ck-box').evaluateAll((boxes) =>
    boxes.flatMap((box) => {
      const frame = box.querySelector('rect')?.getBoundingClientRect();
      return [...box.querySelectorAll('text')].map((text) => {
        const own = text.getBoundingClientRect();
        return (
          frame !== undefined &&
          own.left >= frame.left + 4 &&
          own.right <= frame.right - 4 &&
          own.height >= 11
        );
      });
    }),
  );
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.every(Boolean), 'text stays clear of its box').toBe(true);
}

test('packets stand still for readers who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await startRun(page);
  await untilSecond(page, 1);
  await expect(page.locator('.ck-packet[visibility="visible"]')).toHaveCount(0);
});
