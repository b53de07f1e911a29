// My versions: what is kept and what a reset does,
// and what happens where storage is forbidden, full or broken.
import { expect, test } from 'vitest';
import { parseVersions, type Shelf, VersionStore } from '../../src/islands/editor/versions.ts';
import { Workspace } from '../../src/islands/editor/workspace.ts';

class Memory implements Shelf {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
}

const originals = { 'lb/pick.ts': 'original pick', 'lb/app.ts': 'original app' };
const open = (shelf: Shelf | null): Workspace =>
  new Workspace('lb', originals, ['lb/pick.ts', 'lb/app.ts', 'lb/gone.ts'], null, new VersionStore(shelf));

test('what I type is kept and found again', () => {
  const shelf = new Memory();
  open(shelf).type('lb/pick.ts', 'mine');
  const again = open(shelf);
  expect(again.text('lb/pick.ts', 'mine')).toBe('mine');
  expect(again.text('lb/pick.ts', 'original')).toBe('original pick');
  expect(again.files()).toEqual({ ...originals, 'lb/pick.ts': 'mine' });
  expect(again.paths).toEqual(['lb/pick.ts', 'lb/app.ts']);
});

test('reset never destroys: my version can be had back, also after typing something else', () => {
  const workspace = open(new Memory());
  workspace.type('lb/pick.ts', 'first');
  workspace.reset();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('original pick');
  workspace.type('lb/pick.ts', 'second');
  workspace.bringBack();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('first');
  workspace.bringBack();
  expect(workspace.text('lb/pick.ts', 'mine')).toBe('second');
});

test('typing the original again leaves nothing of mine', () => {
  const workspace = open(new Memory());
  workspace.type('lb/pick.ts', 'x');
  workspace.type('lb/pick.ts', 'original pick');
  expect(workspace.hasMine).toBe(false);
});

test('forbidden storage is said and does not stop the work', () => {
  const refusing: Shelf = {
    getItem: () => {
      throw new Error('SecurityError');
    },
    setItem: () => {
      throw new Error('SecurityError');
    },
  };
  for (const shelf of [null, refusing]) {
    const workspace = open(shelf);
    workspace.type('lb/pick.ts', 'mine');
    expect(workspace.text('lb/pick.ts', 'mine')).toBe('mine');
    expect(workspace.notice.value).toContain('gone when the page closes');
  }
});

test('a broken record is set aside and reported, not overwritten', () => {
  const shelf = new Memory();
  shelf.setItem('brownout:versions:1:lb', '{"mine": {"lb/pick.ts": ');
  const workspace = open(shelf);
  expect(workspace.notice.value).toContain('could not be read');
  workspace.type('lb/pick.ts', 'new');
  expect([...shelf.kept.values()]).toContain('{"mine": {"lb/pick.ts": ');
});

test.each(['', 'null', '[]', '3', '{}', '{"mine":3,"setAside":null}', '{"mine":{"a":1},"setAside":null}'])(
  'refuses %s',
  (text) => {
    expect(parseVersions(text)).toBeNull();
  },
);
