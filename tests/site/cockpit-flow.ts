// What a reader does with a running cluster, whatever runs it: the same steps over the data center, WebContainer and the
// processes of this computer. Holds no test. Used by webcontainer.spec.ts and local-cockpit.spec.ts.
import { expect, type Page } from '@playwright/test';
import { machineRow, served } from './lab-page.ts';

async function lost(page: Page): Promise<number> {
  return Number(((await page.locator('[data-figure="lost"]').textContent()) ?? '').replace(/\D/g, ''));
}

/** Kills, starts again, freezes and thaws; sees what it costs each time. The run must have answered once. */
export async function breakAndMend(page: Page): Promise<void> {
  // An app that never was in rotation cannot be taken out of it.
  await expect(page.getByText('app2 is in rotation').first()).toBeVisible();
  const before = await lost(page);
  await machineRow(page, 'app2').getByRole('button', { name: 'Kill' }).click();
  await expect(machineRow(page, 'app2')).toContainText('killed');
  await expect.poll(() => lost(page)).toBeGreaterThan(before);
  await expect(page.getByText('app2 is out of rotation after 2 bad checks').first()).toBeVisible();
  const bySurvivor = await served(page, 'app3');
  await expect.poll(() => served(page, 'app3')).toBeGreaterThan(bySurvivor);
  await machineRow(page, 'app2').getByRole('button', { name: 'Restart' }).click();
  await expect(machineRow(page, 'app2')).toContainText('up');
  await machineRow(page, 'app1').getByRole('button', { name: 'Freeze' }).click();
  await expect(machineRow(page, 'app1')).toContainText('frozen');
  await machineRow(page, 'app1').getByRole('button', { name: 'Thaw' }).click();
  await expect(machineRow(page, 'app1')).toContainText('up');
}
