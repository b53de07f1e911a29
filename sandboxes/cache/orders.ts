// When is an order safe? Three ways to write: through the cache, around it, or into it with the database to follow.
// `back` acknowledges what only the cache has. What the cache has lost by the next flush is lost; the log says so.
// Called by shop.ts.
import type { CacheClient } from './cache-client.ts';
import { keepOrders } from './database-client.ts';

export const writePolicies = ['through', 'around', 'back'];

const unsaved = new Set<number>();
export const unsavedOrders = (): number => unsaved.size;

// #region write
/** Resolves when the order may be acknowledged. */
export async function writeOrder(cache: CacheClient, policy: string, id: number): Promise<void> {
  if (policy === 'back') {
    await cache.ask('SET', `order:${id}`, String(id));
    unsaved.add(id);
    return;
  }
  await keepOrders([id]);
  if (policy === 'through') await cache.ask('SET', `order:${id}`, String(id)).catch(() => {});
}
// #endregion

/** Write-back: every `intervalMs`, what the cache still has goes to the database. */
export function flushEvery(cache: CacheClient, intervalMs: number): void {
  setInterval(async () => {
    const ids = [...unsaved];
    if (ids.length === 0) return;
    try {
      const found = await cache.ask('MGET', ...ids.map((id) => `order:${id}`));
      const kept = ids.filter((_, index) => Array.isArray(found) && found[index] !== null);
      await keepOrders(kept);
      for (const id of ids) unsaved.delete(id);
      const lost = ids.length - kept.length;
      if (lost > 0) console.log(`${lost} orders are lost: acknowledged, and the cache no longer has them`);
    } catch (reason) {
      console.log(`flush failed: ${reason instanceof Error ? reason.message : reason}; ${ids.length} wait`);
    }
  }, intervalMs);
}
