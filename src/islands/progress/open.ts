// The page's one Progress: opened at the first wish, over IndexedDB, BroadcastChannel and the clock. Never fails: where
// something is forbidden, progress.ts does without it. Loaded by islands when they wake, never before.
import { openDatabase } from './database.ts';
import { isVersion1 } from './migrate.ts';
import { Progress, type Wire } from './progress.ts';

let opening: Promise<Progress> | null = null;
let now: Progress | null = null;

export function openProgress(): Promise<Progress> {
  opening ??= open();
  return opening;
}

/** Null before it is open. */
export function progressNow(): Progress | null {
  return now;
}

async function open(): Promise<Progress> {
  const backing = await attempt(() => openDatabase());
  const wire = (await attempt(async () => new BroadcastChannel('brownout:progress'))) as Wire | null;
  now = await Progress.open({ backing, wire, nowMs: () => Date.now(), version1: version1Entries() });
  return now;
}

/** Deletes all that is kept of the reader, that of version 1 and the draft of assign/store.ts too. */
export async function deleteEverything(): Promise<void> {
  const progress = await openProgress();
  for (const [key] of version1Entries()) localStorage.removeItem(key);
  await attempt(async () => localStorage.removeItem('brownout:assignment-draft'));
  await progress.clear();
}

function version1Entries(): (readonly [string, string])[] {
  try {
    const { localStorage: entries } = globalThis;
    const keys = Array.from({ length: entries.length }, (_, index) => entries.key(index) ?? '').filter(
      isVersion1,
    );
    return keys.map((key) => [key, entries.getItem(key) ?? ''] as const);
  } catch {
    return [];
  }
}

async function attempt<T>(make: () => Promise<T>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    console.warn(error);
    return null;
  }
}
