// What Node's dns gives for the records of a response, kind by kind (RFC 1035 3.3, 2782, 3403, 3596, 6698, 8659).
// Pure. Refuses records that are cut short: they make the whole answer EBADRESP. Called by dns-channel.ts.
import { formatAddress } from '../../base/address.ts';
import { formatIp } from '../../base/ip-bytes.ts';
import { latin1Text } from '../text.ts';
import { type DnsRecord, readName, uint16, uint32 } from './dns-message.ts';

export const RECORD_TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  TLSA: 52,
  ANY: 255,
  CAA: 257,
} as const;

export type RecordType = keyof typeof RECORD_TYPES;

/** Node 24 gives these records a `type` that it says only in resolveAny. */
const NO_TYPE = { type: undefined };

/** Thrown by a reader; becomes EBADRESP. */
export class BadRecord extends Error {}

const nameAt = (record: DnsRecord, at: number): { name: string; next: number } => {
  const found = readName(record.message, at);
  if (found === null || found.next > record.end) throw new BadRecord();
  return found;
};

const needs = (record: DnsRecord, bytes: number): void => {
  if (record.end - record.at < bytes) throw new BadRecord();
};

/** Texts of one byte of length each, from `at` to the end, or `count` of them. */
function texts(record: DnsRecord, start: number, count = Number.POSITIVE_INFINITY) {
  const found: string[] = [];
  let at = start;
  while (at < record.end && found.length < count) {
    const end = at + 1 + (record.message[at] ?? 0);
    if (end > record.end) throw new BadRecord();
    found.push(latin1Text(record.message.subarray(at + 1, end)));
    at = end;
  }
  return { found, next: at };
}

function ipv6(record: DnsRecord): string {
  needs(record, 16);
  return formatIp(record.message.subarray(record.at, record.at + 16));
}

function soa(record: DnsRecord): object {
  const nsname = nameAt(record, record.at);
  const hostmaster = nameAt(record, nsname.next);
  if (record.end - hostmaster.next < 20) throw new BadRecord();
  const [serial, refresh, retry, expire, minttl] = [0, 4, 8, 12, 16].map((offset) =>
    uint32(record.message, hostmaster.next + offset),
  );
  return {
    nsname: nsname.name,
    hostmaster: hostmaster.name,
    serial,
    refresh,
    retry,
    expire,
    minttl,
    ...NO_TYPE,
  };
}

function srv(record: DnsRecord): object {
  needs(record, 7);
  const { message, at } = record;
  const name = nameAt(record, at + 6).name;
  return {
    name,
    port: uint16(message, at + 4),
    priority: uint16(message, at),
    weight: uint16(message, at + 2),
    type: 'SRV',
  };
}

function naptr(record: DnsRecord): object {
  needs(record, 7);
  const { found, next } = texts(record, record.at + 4, 3);
  const [flags, service, regexp] = found;
  return {
    flags,
    service,
    regexp,
    replacement: nameAt(record, next).name,
    order: uint16(record.message, record.at),
    preference: uint16(record.message, record.at + 2),
    ...NO_TYPE,
  };
}

function caa(record: DnsRecord): object {
  needs(record, 2);
  const { found, next } = texts(record, record.at + 1, 1);
  const value = latin1Text(record.message.subarray(next, record.end));
  return { critical: record.message[record.at] ?? 0, type: 'CAA', [found[0] ?? '']: value };
}

function tlsa(record: DnsRecord): object {
  needs(record, 3);
  const { message, at, end } = record;
  return {
    certUsage: message[at],
    selector: message[at + 1],
    match: message[at + 2],
    data: message.slice(at + 3, end).buffer,
  };
}

function mx(record: DnsRecord): object {
  needs(record, 3);
  return {
    exchange: nameAt(record, record.at + 2).name,
    priority: uint16(record.message, record.at),
    type: 'MX',
  };
}

function a(record: DnsRecord): string {
  needs(record, 4);
  return formatAddress(uint32(record.message, record.at));
}

const domain = (record: DnsRecord): string => nameAt(record, record.at).name;

/** What a query of one kind gives for each of its records. */
export const readRecord: Readonly<Record<Exclude<RecordType, 'ANY'>, (record: DnsRecord) => unknown>> = {
  A: a,
  AAAA: ipv6,
  NS: domain,
  CNAME: domain,
  PTR: domain,
  SOA: soa,
  MX: mx,
  TXT: (record) => {
    needs(record, 1);
    return texts(record, record.at).found;
  },
  SRV: srv,
  NAPTR: naptr,
  TLSA: tlsa,
  CAA: caa,
};

type Member = readonly [Exclude<RecordType, 'ANY'>, (record: DnsRecord) => object];

const addressed =
  (read: (record: DnsRecord) => string) =>
  (record: DnsRecord): object => ({ address: read(record), ttl: record.ttl });
const valued = (record: DnsRecord): object => ({ value: domain(record) });

/** Kinds that resolveAny shows, in Node's order. */
const ANY_MEMBERS: readonly Member[] = [
  ['A', addressed(a)],
  ['CNAME', valued],
  ['AAAA', addressed(ipv6)],
  ['MX', mx],
  ['NS', valued],
  ['TXT', (record) => ({ entries: texts(record, record.at).found })],
  ['SRV', srv],
  ['PTR', valued],
  ['NAPTR', naptr],
  ['SOA', soa],
  ['CAA', caa],
  ['TLSA', tlsa],
];

export function anyOf(records: readonly DnsRecord[]): object[] {
  return ANY_MEMBERS.flatMap(([type, read]) =>
    records
      .filter((record) => record.type === RECORD_TYPES[type])
      .map((record) => Object.assign(read(record), { type })),
  );
}
