// A guest as the hypervisor keeps it: what it was promised, what it had, since when it waits, and where its memory is.
// Decides nothing about time. Memory is never promised twice: a guest that does not fit is refused.
// Used by hypervisor.ts and state.ts.
import type { Guest } from './guest.ts';
import { Memory } from './memory.ts';
import type { Claim } from './scheduler.ts';

/** Times are cycles. */
export interface Tenant extends Claim {
  readonly guest: Guest;
  /** Most of one core that it may have, however idle the machine is; infinite for no limit. */
  cap: number;
  /** CPU time that it had, all in all. */
  ran: number;
  /** Time in which it wanted to run and did not, up to `readySince`. */
  stolen: number;
  /** Since when it has wanted a core; of use while it is not asleep. */
  readySince: number;
  /** End of its latest slice: until then it is on a core. */
  freeAt: number;
  ranInPeriod: number;
}

export function newTenant(name: string, guest: Guest, now: number): Tenant {
  const times = { ran: 0, stolen: 0, readySince: now, freeAt: now, ranInPeriod: 0 };
  return { name, guest, weight: 100, credit: 0, wanted: true, cap: Number.POSITIVE_INFINITY, ...times };
}

/** It would use a core if it had one. */
export function wants({ guest }: Tenant): boolean {
  return !guest.isAsleep && guest.verdict === undefined;
}

/** All the time, until `now`, in which it wanted to run and did not. */
export function stolenFrom(tenant: Tenant, now: number): number {
  return tenant.stolen + (wants(tenant) ? Math.max(0, now - tenant.readySince) : 0);
}

/** The first gap between the windows of others that is large enough. Throws where there is none. */
export function freeWindow(
  memory: Uint8Array,
  windows: readonly Memory[],
  name: string,
  bytes: number,
): Memory {
  const taken = [...windows].sort((a, b) => a.base - b.base);
  let base = 0;
  for (const window of taken) {
    if (window.base - base >= bytes) break;
    base = window.base + window.bound;
  }
  if (base + bytes <= memory.length) return new Memory(memory, base, bytes);
  const free = memory.length - taken.reduce((sum, window) => sum + window.bound, 0);
  throw new Error(
    `${name}: expected ${bytes / 1024} KiB of memory in one piece, found ${free / 1024} KiB free of ${memory.length / 1024}: end a guest, or give less`,
  );
}
