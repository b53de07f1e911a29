// A channel of c-ares, which is what Node's dns.Resolver stands on: servers, timeouts, and a method for each kind
// of record. Knows no cache and no search list, and asks no IPv6 server. Made by cares-wrap.ts.
import { formatAddress, parseAddress } from '../../base/address.ts';
import type { Realm } from '../realm.ts';
import type { AsyncWrap } from './async-wrap.ts';
import { SERVERS_PENDING } from './cares-wrap.ts';
import { anyOf, BadRecord, RECORD_TYPES, type RecordType, readRecord } from './dns-answers.ts';
import type { DnsRecord } from './dns-message.ts';
import { DnsQuery, type DnsResult, type DnsServer } from './dns-query.ts';

/** ares_init_options(3): milliseconds for the first round. */
const TIMEOUT_MS_DEFAULT = 2000;
const DNS_PORT = 53;

interface QueryRequest extends AsyncWrap {
  oncomplete(error: string | number, answer?: unknown, ttls?: readonly number[]): void;
}

/** Servers that a program asks where its machine's spec names none: nobody listens there, unless it does. */
const NOBODY: readonly DnsServer[] = [{ address: '127.0.0.1', port: DNS_PORT }];

export function serversOf(realm: Realm): readonly DnsServer[] {
  const { nameServers } = realm.machine;
  return nameServers.length === 0 ? NOBODY : nameServers.map((address) => ({ address, port: DNS_PORT }));
}

export class DnsChannel {
  readonly #realm: Realm;
  readonly #timeoutMs: number;
  readonly #tries: number;
  readonly #timeoutMsMax: number;
  readonly #pending = new Set<DnsQuery>();
  #servers: readonly DnsServer[];

  constructor(realm: Realm, timeoutMs: number, tries: number, timeoutMsMax: number) {
    this.#realm = realm;
    this.#timeoutMs = timeoutMs < 0 ? TIMEOUT_MS_DEFAULT : Math.max(1, timeoutMs);
    this.#tries = tries;
    this.#timeoutMsMax = timeoutMsMax;
    this.#servers = serversOf(realm);
  }

  getServers(): [string, number][] {
    return this.#servers.map(({ address, port }) => [address, port]);
  }

  setServers(servers: readonly (readonly [number, string, number])[]): number {
    if (this.#pending.size > 0) return SERVERS_PENDING;
    this.#servers = servers.map(([, address, port]) => ({ address, port }));
    return 0;
  }

  /** Machines have one address: any other local one could not send. */
  setLocalAddress(ipv4: string, ipv6?: string): void {
    const isIpv6 = (text: string) => text.includes(':');
    if (parseAddress(ipv4) === null && !isIpv6(ipv4)) throw new Error('Invalid IP address.');
    if (ipv6 === undefined) return;
    const isOther = isIpv6(ipv4) ? parseAddress(ipv6) !== null : isIpv6(ipv6);
    if (!isOther) throw new Error('Cannot specify two addresses of one family, or an invalid one.');
  }

  cancel(): void {
    for (const query of this.#pending) query.cancel();
  }

  queryAny(request: QueryRequest, name: string): number {
    return this.#query(request, name, RECORD_TYPES.ANY, (records) => [anyOf(records)]);
  }

  queryA(request: QueryRequest, name: string): number {
    return this.#query(request, name, RECORD_TYPES.A, withTtls('A'));
  }

  queryAaaa(request: QueryRequest, name: string): number {
    return this.#query(request, name, RECORD_TYPES.AAAA, withTtls('AAAA'));
  }

  queryCaa(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'CAA');
  }

  queryCname(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'CNAME');
  }

  queryMx(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'MX');
  }

  queryNaptr(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'NAPTR');
  }

  queryNs(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'NS');
  }

  queryPtr(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'PTR');
  }

  querySrv(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'SRV');
  }

  queryTlsa(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'TLSA');
  }

  queryTxt(request: QueryRequest, name: string): number {
    return this.#queryList(request, name, 'TXT');
  }

  querySoa(request: QueryRequest, name: string): number {
    return this.#query(request, name, RECORD_TYPES.SOA, (records) => valuesOf('SOA', records).slice(0, 1));
  }

  /** Names of an address: of the cluster first, then by PTR (RFC 1035, 3.5). */
  getHostByAddr(request: QueryRequest, text: string): number {
    const address = parseAddress(text);
    if (address === null) return this.#realm.errno('EINVAL');
    const known = this.#realm.machine.nameOf(formatAddress(address));
    if (known === null) {
      const name = `${text.split('.').reverse().join('.')}.in-addr.arpa`;
      return this.#queryList(request, name, 'PTR');
    }
    this.#tell(request, 0, [known]);
    return 0;
  }

  /** An answer that needs no server. */
  #tell(request: QueryRequest, ...answer: unknown[]): void {
    const { process } = this.#realm;
    process.references++;
    process.post(() => {
      process.references--;
      this.#realm.makeCallback(request, request.oncomplete, ...answer);
    });
  }

  #queryList(request: QueryRequest, name: string, type: Exclude<RecordType, 'ANY'>): number {
    return this.#query(request, name, RECORD_TYPES[type], (records) => [valuesOf(type, records)]);
  }

  /** `read` gives the answer, and times to live where there are any; nothing in it is ENODATA. */
  #query(
    request: QueryRequest,
    name: string,
    type: number,
    read: (records: readonly DnsRecord[]) => unknown[],
  ): number {
    // RFC 7686: no server is asked for names of hidden services.
    if (/(?:^|\.)onion\.?$/i.test(name)) {
      this.#tell(request, 'ENOTFOUND');
      return 0;
    }
    const toAscii = this.#realm.internalBinding('encoding_binding')['toASCII'] as (host: string) => string;
    const policy = {
      servers: this.#servers,
      timeoutMs: this.#timeoutMs,
      timeoutMsMax: this.#timeoutMsMax,
      tries: this.#tries,
      failsOver: false,
      spreads: true,
    };
    const isAscii = /^[\0-\x7f]*$/.test(name);
    const query = new DnsQuery(this.#realm, policy, isAscii ? name : toAscii(name), type, (result) => {
      this.#pending.delete(query);
      this.#realm.makeCallback(request, request.oncomplete, ...answerTo(result, read));
    });
    this.#pending.add(query);
    return 0;
  }
}

/** What `oncomplete` is called with. */
function answerTo(result: DnsResult, read: (records: readonly DnsRecord[]) => unknown[]): unknown[] {
  if (typeof result === 'string') return [result];
  try {
    const [answer, ...more] = read(result.answers);
    if (answer === undefined || (Array.isArray(answer) && answer.length === 0)) return ['ENODATA'];
    return [0, answer, ...more];
  } catch (error) {
    if (error instanceof BadRecord) return ['EBADRESP'];
    throw error;
  }
}

function valuesOf(type: Exclude<RecordType, 'ANY'>, records: readonly DnsRecord[]): unknown[] {
  return records.filter((record) => record.type === RECORD_TYPES[type]).map(readRecord[type]);
}

/** Addresses, with how long they hold: no longer than the aliases that led to them. */
function withTtls(type: 'A' | 'AAAA'): (records: readonly DnsRecord[]) => unknown[] {
  return (records) => {
    const alias = Math.min(
      ...records.filter((record) => record.type === RECORD_TYPES.CNAME).map((record) => record.ttl),
    );
    const own = records.filter((record) => record.type === RECORD_TYPES[type]);
    return [own.map(readRecord[type]), own.map((record) => Math.min(record.ttl, alias))];
  };
}
