// What look-ups ask of name servers (getaddrinfo and getnameinfo, as glibc does them: IPv4 only) where no machine of the
// cluster has the name. Knows no cache. Called by cares-wrap.ts.
import type { Realm } from '../realm.ts';
import { type LookupRequest, soon } from './cares-wrap.ts';
import { RECORD_TYPES, readRecord } from './dns-answers.ts';
import { serversOf } from './dns-channel.ts';
import { DnsQuery, type DnsResult } from './dns-query.ts';

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

export function nameOf(realm: Realm, req: LookupRequest, address: string, port: number): void {
  const service = SERVICES[port] ?? String(port);
  const known = realm.machine.nameOf(address);
  if (known !== null) soon(realm, req, null, known, service);
  else if (realm.machine.nameServers.length === 0) soon(realm, req, realm.errno('EAI_NONAME'));
  else {
    const name = `${address.split('.').reverse().join('.')}.in-addr.arpa`;
    query(realm, req, name, 'PTR', (names) => [names[0], service]);
  }
}

export function ask(realm: Realm, req: LookupRequest, hostName: string, type: 'A' | 'AAAA'): void {
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
