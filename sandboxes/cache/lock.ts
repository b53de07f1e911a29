// A lock in the cache itself, so that of all who miss the same key, on all machines, one loads and the others look again.
// It ends by itself after LOCK_MS: whoever holds it may die. Who waited long enough loads without it.
// Shortcut: whoever is slower than LOCK_MS deletes a lock that may be another's by then. Called by aside.ts.
import type { CacheClient } from './cache-client.ts';

const LOCK_MS = 3000;
const LOOK_AGAIN_MS = 50;

// #region lock
/** `load` by one; the others get what `look` finds once that one is done. */
export async function behindLock<T>(
  cache: CacheClient,
  key: string,
  load: () => Promise<T>,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const lock = `lock:${key}`;
  const patientUntil = performance.now() + LOCK_MS;
  while (performance.now() < patientUntil) {
    const asked = cache.ask('SET', lock, '1', 'NX', 'PX', String(LOCK_MS));
    const mine = await asked.catch(() => undefined);
    if (mine === undefined) return load(); // No cache, no lock.
    // Also whoever got the lock looks: the one before may have loaded meanwhile.
    const found = await look();
    const isMine = mine !== null;
    if (isMine || found !== undefined) {
      try {
        return found ?? (await load());
      } finally {
        if (isMine) await cache.ask('DEL', lock).catch(() => {});
      }
    }
    await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
  }
  return load();
}
// #endregion
