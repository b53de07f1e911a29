// My versions: what is kept and what a reset does, what another tab types, and what happens where nothing can be kept.
// How records are stored, migrated and set aside is in progress.test.ts.
import { expect, test, vi } from 'vitest';
import { VersionStore } from '../../src/islands/editor/versions.ts';
import { Workspace } from '../../src/islands/editor/workspace.ts';
import type { Progress } from '../../src/islands/progress/progress.ts';
import { Memory, page } from './progress-fixtures.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const originals = { 'lb/pick.ts': 'original pick', 'lb/app.ts': 'original app' };
const open = (progress: Progress | null): Workspace =>
  new Workspace('lb', originals, ['lb/pick.ts', 'lb/app.ts', 'lb/gone.ts'], null, new VersionStore(progress));

test('what I type is kept and found again', async () => {
  const memory = new Memory();
  const before = await page(memory);
  open(before).type('lb/pick.ts', 'mine');
  await before.settled();
  const again = open(await page(memory));
  expect(again.text('lb/pick.ts', 'mine')).toBe('mine');
  expect(again.text('lb/pick.ts', 'original')).toBe('original pick');
  expect(again.files()).toEqual({ ...originals, 'lb/pick.ts': 'mine' });
  expect(again.paths).toEqual(['lb/pick.ts', 'lb/app.ts']);
});

test('reset never destroys: my version can be had back, also after typing something else', async () => {
  const workspace = open(await page(new Memory()));
  workspace.type('lb/pick.ts', 'first');
  workspace.reset();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('original pick');
  workspace.type('lb/pick.ts', 'second');
  workspace.bringBack();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('first');
  workspace.bringBack();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('second');
});

test('typing the original again leaves nothing of mine', async () => {
  const workspace = open(await page(new Memory()));
  workspace.type('lb/pick.ts', 'x');
  workspace.type('lb/pick.ts', 'original pick');
  expect(workspace.hasMine).toBe(false);
});

test('storage that is closed, forbidden or full is said and does not stop the work', async () => {
  const full = new Memory();
  full.isFull = true;
  const pages = [null, await page(null), await page(full)];
  for (const progress of pages) {
    const workspace = open(progress);
    workspace.type('lb/pick.ts', 'mine');
    await progress?.settled();
    expect(workspace.text('lb/pick.ts', 'mine')).toBe('mine');
    expect(workspace.notice.value).toContain('gone when the page closes');
  }
});

test('a version that is too long works and says that it will not be kept', async () => {
  const progress = await page(new Memory());
  const workspace = open(progress);
  workspace.type('lb/pick.ts', 'x'.repeat(1_000_001));
  expect(workspace.notice.value).toContain('longer than 1,000,000 characters');
  expect(progress.get('versions', 'lb')).toBeUndefined();
  workspace.type('lb/pick.ts', 'short');
  expect(workspace.notice.value).toBe('');
});

test('what another tab takes in from a file is shown, and typing goes on from there', async () => {
  const progress = await page(new Memory());
  const workspace = open(progress);
  const value = { mine: { 'lb/pick.ts': 'theirs' }, setAside: null };
  await progress.take([{ kind: 'versions', name: 'lb', atMs: 1, value }], []);
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('theirs');
  expect(workspace.replaced.value).toBe(1);
});
