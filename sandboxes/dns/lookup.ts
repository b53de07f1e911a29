// What a zone says to a question: the algorithm of RFC 1034, section 4.3.2, with aliases, wildcards and delegations.
// Says of what is not there whether the *name* is missing (NXDOMAIN) or only records of that *type* (no data).
// Pure. Called by authority.ts for questions within its zone.
import type { Code } from './message.ts';
import { isWithin, keyOf, parentOf, upwards } from './names.ts';
import type { DnsRecord } from './records.ts';
import type { RecordSet, Zone } from './zone.ts';

export interface Found {
  readonly code: Code;
  /** False for a referral: another server knows. */
  readonly isAuthoritative: boolean;
  readonly answer: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly additional: readonly DnsRecord[];
}

type Node = ReadonlyMap<string, RecordSet>;

/** Longest chain of aliases that is followed. */
const ALIASES_MAX = 8;

/** `turn` counts questions: sets with several records begin with another one each time (round robin). */
export function lookUp(zone: Zone, name: string, type: string, turn: number): Found {
  const answer: DnsRecord[] = [];
  const found = (code: Code, authority: RecordSet, isAuthoritative = true): Found => {
    const additional = addressesFor(zone, [...answer, ...authority]);
    return { code, isAuthoritative, answer, authority, additional };
  };
  let at = name;
  for (let aliases = 0; aliases <= ALIASES_MAX && isWithin(at, zone.origin); aliases++) {
    const cut = delegationAbove(zone, at);
    if (cut !== undefined) return found('NOERROR', cut, answer.length > 0);
    const node = zone.nodes.get(keyOf(at)) ?? wildcardFor(zone, at);
    if (node === undefined) return found('NXDOMAIN', [negativeSoa(zone)]);
    const set = type === 'ANY' ? [...node.values()][0] : node.get(type);
    const alias = node.get('CNAME')?.[0];
    if (set !== undefined) {
      const start = turn % set.length;
      answer.push(
        ...[...set.slice(start), ...set.slice(0, start)].map((record) => ({ ...record, name: at })),
      );
      return found('NOERROR', []);
    }
    if (alias === undefined) return found('NOERROR', [negativeSoa(zone)]);
    answer.push({ ...alias, name: at });
    at = alias.data;
  }
  // The chain leaves the zone, or is too long: the rest is the resolver's work.
  return found('NOERROR', []);
}

/** The SOA that comes with a `no`. Its TTL says how long the `no` may be kept (RFC 2308, section 3). */
function negativeSoa({ soa }: Zone): DnsRecord {
  const minimum = Number(soa.data.split(' ')[6]);
  return { ...soa, ttl: Math.min(soa.ttl, minimum) };
}

/** The NS records of the uppermost name below the zone's own, on the way to `name`, that was given to others. */
function delegationAbove(zone: Zone, name: string): RecordSet | undefined {
  let cut: RecordSet | undefined;
  for (const one of upwards(keyOf(name))) {
    if (one === keyOf(zone.origin)) return cut;
    cut = zone.nodes.get(one)?.get('NS') ?? cut;
  }
  return cut;
}

/** `*` directly below the nearest name above that exists; nowhere else (RFC 4592, section 3.3.1). */
function wildcardFor(zone: Zone, name: string): Node | undefined {
  for (const above of upwards(parentOf(keyOf(name)) ?? '.')) {
    if (zone.nodes.has(above)) return zone.nodes.get(above === '.' ? '*.' : `*.${above}`);
  }
  return undefined;
}

/** Addresses in the zone of the servers that an answer names: they will be asked for next. */
function addressesFor(zone: Zone, records: readonly DnsRecord[]): DnsRecord[] {
  const targets = records.flatMap(({ type, data }) => {
    return type === 'NS' || type === 'MX' ? [keyOf(data.split(' ').at(-1) ?? '')] : [];
  });
  return [...new Set(targets)].flatMap((target) => {
    const node = zone.nodes.get(target);
    return [...(node?.get('A') ?? []), ...(node?.get('AAAA') ?? [])];
  });
}
