// Name look-ups. Names of the cluster resolve without any server, as by /etc/hosts; other names are asked of the
// machine's name servers (getaddrinfo, as glibc does it: IPv4 only), and dns.resolve* always asks servers.
// Called by registry.ts.
import { formatIp, parseIp } from '../../base/ip-bytes.ts';
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { RECORD_TYPES, readRecord } from './dns-answers.ts';
import { DnsChannel, SERVERS_PENDING, serversOf } from './dns-channel.ts';
import { DnsQuery, type DnsResult } from './dns-query.ts';

/** A look-up in /etc/hosts costs about this. */
const LOOKUP_NS = 20_000;
const IPV6_ONLY = 6;
/** resolv.conf(5): `timeout` and `attempts`. */
const TIMEOUT_MS = 5000;
const ATTEMPTS = 2;

/** Of /etc/services, what a lesson may meet. */
const SERVICES: Readonly<Record<number, string>> = {
  7: 'echo',
  21: 'ftp',
  22: 'ssh',
  23: 'telnet',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  110: 'pop3',
  123: 'ntp',
  143: 'imap2',
  443: 'https',
  8080: 'http-alt',
};

interface LookupRequest extends AsyncWrap {
  oncomplete(error: number | null, ...found: unknown[]): void;
}

export const caresWrap = (realm: Realm): Binding => {
  const request = (provider: string) =>
    class extends AsyncWrap {
      constructor() {
        super(realm, provider);
      }
    };
  return {
    ...realm.library.data('cares_wrap'),
    GetAddrInfoReqWrap: request('GETADDRINFOREQWRAP'),
    GetNameInfoReqWrap: request('GETNAMEINFOREQWRAP'),
    QueryReqWrap: request('QUERYWRAP'),
    ChannelWrap: class ChannelWrap extends DnsChannel {
      constructor(timeoutMs: number, tries: number, timeoutMsMax: number) {
        super(realm, timeoutMs, tries, timeoutMsMax);
      }
    },
    getaddrinfo: (req: LookupRequest, hostName: string, family: number) => {
      lookUp(realm, req, hostName, family);
      return 0;
    },
    getnameinfo: (req: LookupRequest, address: string, port: number) => {
      nameOf(realm, req, address, SERVICES[port] ?? String(port));
      return 0;
    },
    canonicalizeIP: (text: string) => {
      const bytes = parseIp(text);
      return bytes === null ? undefined : formatIp(bytes);
    },
    convertIpv6StringToBuffer: (text: string) => {
      const bytes = parseIp(text);
      if (bytes?.length !== 16) throw new Error('Invalid IPv6 address');
      const { Buffer } = realm.requireBuiltin('buffer') as {
        Buffer: { from(bytes: ArrayBufferLike): unknown };
      };
      return Buffer.from(bytes.buffer);
    },
    strerror: (code: number | string) =>
      code === SERVERS_PENDING ? 'There are pending queries.' : String(code),
  };
};

/** Tells the answer as the kernel's own files would give it. */
function soon(realm: Realm, req: LookupRequest, ...answer: unknown[]): void {
  const { process } = realm;
  process.references++;
  process.kernel(() => {
    process.after(LOOKUP_NS, () => {
      process.references--;
      realm.makeCallback(req, req.oncomplete, ...answer);
    });
  });
}

function lookUp(realm: Realm, req: LookupRequest, hostName: string, family: number): void {
  const found = family === IPV6_ONLY ? sixOf(hostName) : realm.machine.resolve(hostName);
  if (found.length > 0) soon(realm, req, null, [...found]);
  else if (realm.machine.nameServers.length === 0) soon(realm, req, realm.errno('EAI_NONAME'));
  else ask(realm, req, hostName, family === IPV6_ONLY ? 'AAAA' : 'A');
}

/** What /etc/hosts has of IPv6. */
function sixOf(hostName: string): readonly string[] {
  return hostName.toLowerCase() === 'localhost' ? ['::1'] : [];
}

function nameOf(realm: Realm, req: LookupRequest, address: string, service: string): void {
  const known = realm.machine.nameOf(address);
  if (known !== null) soon(realm, req, null, known, service);
  else if (realm.machine.nameServers.length === 0) soon(realm, req, realm.errno('EAI_NONAME'));
  else {
    const name = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
    query(realm, req, name, 'PTR', (names) => [names[0], service]);
  }
}

function ask(realm: Realm, req: LookupRequest, hostName: string, type: 'A' | 'AAAA'): void {
  query(realm, req, hostName, type, (addresses) => [addresses]);
}

/** What getaddrinfo(3) and getnameinfo(3) say: what was found, no such name, or nobody who knows. */
function query(
  realm: Realm,
  req: LookupRequest,
  name: string,
  type: 'A' | 'AAAA' | 'PTR',
  tell: (found: unknown[]) => unknown[],
): void {
  const policy = {
    servers: serversOf(realm),
    timeoutMs: TIMEOUT_MS,
    timeoutMsMax: TIMEOUT_MS,
    tries: ATTEMPTS,
    failsOver: true,
    spreads: false,
  };
  const answerOf = (result: DnsResult): [number | null, ...unknown[]] => {
    if (typeof result === 'string') {
      const isCertain = result === 'ENOTFOUND' || result === 'EBADNAME';
      return [realm.errno(isCertain ? 'EAI_NONAME' : 'EAI_AGAIN')];
    }
    const found = result.answers.filter((record) => record.type === RECORD_TYPES[type]).map(readRecord[type]);
    return found.length === 0 ? [realm.errno('EAI_NONAME')] : [null, ...tell(found)];
  };
  void new DnsQuery(realm, policy, name, RECORD_TYPES[type], (result) =>
    realm.makeCallback(req, req.oncomplete, ...answerOf(result)),
  );
}
