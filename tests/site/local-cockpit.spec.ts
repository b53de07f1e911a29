// The cockpit over processes of this computer: `brownout lab` as a person starts it, and the page whose address it prints.
// Two such pages see one cluster; code that a page holds does not get out of it.
import { expect, test } from '@playwright/test';
import { type Lab, startLab } from '../cli/lab-process.ts';
import { breakAndMend } from './cockpit-flow.ts';
import { firstAnswer, machineRow, openCode, replaceText } from './lab-page.ts';

let lab: Lab | null = null;
test.afterEach(async () => {
  lab?.child.kill('SIGTERM');
  await lab?.ended;
  lab = null;
});

test('the printed address opens the cockpit on what runs: break it, see it in a second page, change no code', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  lab = startLab(['load-balancer']);
  const [address = ''] = await lab.line(/http:\/\/localhost:\d+\/embed\/load-balancer\/#local=\S+/, 'any');
  await page.goto(address);
  await firstAnswer(page);
  await expect(page.getByText('· on this computer')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Where they listen' })).toBeVisible();
  await breakAndMend(page);
  await lab.line(/app1 .*SIGSTOP|app1 .*frozen/, 'any');

  const second = await context.newPage();
  await second.goto(address);
  await machineRow(page, 'app3').getByRole('button', { name: 'Kill' }).click();
  await expect(machineRow(second, 'app3')).toContainText('killed');

  await openCode(page);
  await replaceText(page, "console.log('from a page');\n");
  await page.getByRole('button', { name: 'Put into the running cluster' }).click();
  await expect(page.getByText(/edit the files in .* with your own editor/).first()).toBeVisible();
  expect(lab.lines.some((line) => line.includes('from a page'))).toBe(false);

  lab.child.kill('SIGTERM');
  await expect(page.getByRole('alert').filter({ hasText: '`brownout lab` to go on' })).toBeVisible();
});
