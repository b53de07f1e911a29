// The control of /offline/: how much of the course is on this device, to keep all of it, and to take it off again.
// Where the browser cannot keep anything it says so. Called by pages/offline.astro.

import type { OfflineState } from './plan.ts';
import { ask, choose, register } from './register.ts';

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function say(state: OfflineState | null): string {
  if (state === null) return 'This browser could not say what it keeps.';
  const { keptBytes, allBytes, keptFiles, allFiles } = state;
  if (keptFiles === 0) return 'Nothing of the course is kept on this device.';
  if (keptFiles === allFiles) return `The whole course is on this device: ${megabytes(allBytes)}.`;
  return `${megabytes(keptBytes)} of ${megabytes(allBytes)} are on this device: what you have read.`;
}

async function wake(root: HTMLElement): Promise<void> {
  const status = root.querySelector('[role="status"]');
  const [keep, remove] = ['keep', 'remove'].map((name) =>
    root.querySelector<HTMLButtonElement>(`button[data-do="${name}"]`),
  );
  if (status === null || !keep || !remove) return;
  if (!('serviceWorker' in navigator)) {
    status.textContent = 'This browser cannot keep pages: it has no service workers, or forbids them here.';
    return;
  }
  const show = (state: OfflineState | null): void => {
    status.textContent = say(state);
    if (state === null) return;
    keep.textContent = `Keep the whole course on this device: ${megabytes(state.allBytes)}`;
    keep.hidden = state.keptFiles === state.allFiles;
    remove.hidden = state.keptFiles === 0;
  };
  keep.addEventListener('click', () => {
    choose(true);
    status.textContent = 'Fetching …';
    ask({ kind: 'keep-all' }).then(show, () => show(null));
  });
  remove.addEventListener('click', () => {
    choose(false);
    ask({ kind: 'remove' }).then(show, () => show(null));
  });
  document.addEventListener('brownout:kept', () => void ask({ kind: 'state' }).then(show));
  void register().catch(() => show(null));
  show(await ask({ kind: 'state' }));
}

const root = document.querySelector<HTMLElement>('[data-offline]');
if (root !== null) void wake(root);
