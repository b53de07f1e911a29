// Cache-aside: ask the cache; on a miss ask the database, and leave a copy in the cache for the next who asks.
// A cache that is gone or holds nonsense is a miss, never an error. Who may load at the same moment, guard.ts and
// single-flight.ts decide. Called by shop.ts.

import { exponential } from '../_shared/random.ts';
import type { CacheClient } from './cache-client.ts';
import { type Item, loadItem } from './database-client.ts';
import { behindLock } from './lock.ts';
import { once } from './single-flight.ts';

/** What lies in the cache under `item:ID`, as JSON. */
interface Copy extends Item {
  /** How long the load took, and when the copy expires (Unix time). */
  readonly loadMs: number;
  readonly expiresAtMs: number;
}

export interface Rules {
  /** How long a copy may be used. */
  ttlMs: number;
  /** What stands between a missing copy and the database: `none`, `lock`, `early`. */
  guard: string;
}

// #region read
export async function readItem(cache: CacheClient, rules: Rules, id: number): Promise<Item> {
  const key = `item:${id}`;
  const copy = await copyOf(cache, key);
  const load = () => once(key, () => loadAndKeep(cache, rules, id));
  if (copy === undefined) {
    if (rules.guard !== 'lock') return load();
    return behindLock(cache, key, load, () => copyOf(cache, key));
  }
  // Nobody waits for what is fetched early.
  if (rules.guard === 'early' && isTimeToRefresh(copy)) void load().catch(() => {});
  return copy;
}

async function loadAndKeep(cache: CacheClient, { ttlMs }: Rules, id: number): Promise<Item> {
  const began = performance.now();
  const item = await loadItem(id);
  const copy: Copy = { ...item, loadMs: performance.now() - began, expiresAtMs: Date.now() + ttlMs };
  await cache.ask('SET', `item:${id}`, JSON.stringify(copy), 'PX', String(ttlMs)).catch(() => {});
  return item;
}
// #endregion

// #region early
/**
 * Vattani, Chierichetti and Lowenstein (2015): the closer the end of a copy, and the longer a load
 * takes, the likelier it is that whoever asks fetches a new one.
 */
function isTimeToRefresh({ loadMs, expiresAtMs }: Copy): boolean {
  return Date.now() + loadMs * exponential(Math.random) >= expiresAtMs;
}
// #endregion

async function copyOf(cache: CacheClient, key: string): Promise<Copy | undefined> {
  const text = await cache.ask('GET', key).catch(() => null);
  if (typeof text !== 'string') return undefined;
  try {
    const copy: unknown = JSON.parse(text);
    const isCopy = typeof copy === 'object' && copy !== null && 'price' in copy && 'expiresAtMs' in copy;
    return isCopy ? (copy as Copy) : undefined;
  } catch {
    return undefined; // Somebody else wrote under this key.
  }
}
