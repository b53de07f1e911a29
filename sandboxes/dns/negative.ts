// How long a `no` may be kept, and for which questions it counts.
// Decides only; cache.ts keeps, recurse.ts asks. As it stands it has a fixed answer: the exercise `negative` asks you to
// mend that. Called by cache.ts once for each `no` of an authoritative server.

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

// #region keep
export function keepingOf(_no: No): Keeping {
  return { seconds: 10, covers: 'name' };
}
// #endregion
