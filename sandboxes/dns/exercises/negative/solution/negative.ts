// How long a `no` may be kept, and for which questions it counts.
// Decides only; cache.ts keeps, recurse.ts asks. The zone says for how long, in its SOA.
// Called by cache.ts once for each `no` of an authoritative server.

/** A server's word that something is not there. */
export interface No {
  /** NXDOMAIN: there is no such name. NODATA: the name is there, but has no records of the type that was asked. */
  readonly kind: 'NXDOMAIN' | 'NODATA';
  /** The SOA record that came with it: its own TTL, and its last field. Undefined where the server sent none. */
  readonly soa: { readonly ttl: number; readonly minimum: number } | undefined;
}

export interface Keeping {
  readonly seconds: number;
  /** `name`: it answers questions of every type for the name. `type`: only those of the type that was asked. */
  readonly covers: 'name' | 'type';
}

/** Longest time for which a `no` is kept, whatever the zone says (RFC 2308, section 5, advises one to three hours). */
const SECONDS_MAX = 3 * 3600;

export function keepingOf({ kind, soa }: No): Keeping {
  const covers = kind === 'NXDOMAIN' ? 'name' : 'type';
  // Without a SOA nobody said for how long: not at all (RFC 2308, section 5).
  const seconds = soa === undefined ? 0 : Math.min(soa.ttl, soa.minimum, SECONDS_MAX);
  return { seconds, covers };
}
