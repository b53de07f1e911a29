// Name look-ups. Names of the cluster resolve without any server, as by /etc/hosts; other names are asked of the
// machine's name servers (getaddrinfo, as glibc does it: IPv4 only), and dns.resolve* always asks servers.
// Called by registry.ts.
import { formatIp, parseIp } from '../../base/ip-bytes.ts';
import type { Binding, Callable, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import type { DnsChannel } from './dns-channel.ts';

/** A look-up in /etc/hosts costs about this. */
const LOOKUP_NS = 20_000;
const IPV6_ONLY = 6;
export interface LookupRequest extends AsyncWrap {
  oncomplete(error: number | null, ...found: unknown[]): void;
}

/** Node's own number for a change of servers while queries are pending. */
export const SERVERS_PENDING = -1000;

const CHANNEL_CALLS = [
  'getServers',
  'setServers',
  'setLocalAddress',
  'cancel',
  'queryAny',
  'queryA',
  'queryAaaa',
  'queryCaa',
  'queryCname',
  'queryMx',
  'queryNaptr',
  'queryNs',
  'queryPtr',
  'querySrv',
  'queryTlsa',
  'queryTxt',
  'querySoa',
  'getHostByAddr',
] as const;
type ChannelCall = (typeof CHANNEL_CALLS)[number];

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
    ChannelWrap: channelClass(realm),
    getaddrinfo: (req: LookupRequest, hostName: string, family: number) => {
      lookUp(realm, req, hostName, family);
      return 0;
    },
    getnameinfo: (req: LookupRequest, address: string, port: number) => {
      realm.rare.nameOf(realm, req, address, port);
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

/** The class of channels of c-ares. What they do comes late in a page: most programs make one and never ask it. */
function channelClass(realm: Realm): object {
  class ChannelWrap extends AsyncWrap {
    readonly #make: () => DnsChannel;
    #channel: DnsChannel | null = null;

    constructor(timeoutMs: number, tries: number, timeoutMsMax: number) {
      super(realm, 'DNSCHANNEL');
      this.#make = () => new realm.rare.DnsChannel(realm, timeoutMs, tries, timeoutMsMax);
    }

    static do(channel: ChannelWrap, name: ChannelCall, parameters: unknown[]): unknown {
      channel.#channel ??= channel.#make();
      return (channel.#channel[name] as Callable)(...parameters);
    }
  }
  const { do: doIt } = ChannelWrap;
  Reflect.deleteProperty(ChannelWrap, 'do');
  for (const name of CHANNEL_CALLS) {
    const { [name]: value } = {
      [name](this: ChannelWrap, ...parameters: unknown[]) {
        return doIt(this, name, parameters);
      },
    };
    Object.defineProperty(ChannelWrap.prototype, name, { value, writable: true, configurable: true });
  }
  return ChannelWrap;
}

/** Tells the answer as the kernel's own files would give it. */
export function soon(realm: Realm, req: LookupRequest, ...answer: unknown[]): void {
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
  else realm.rare.ask(realm, req, hostName, family === IPV6_ONLY ? 'AAAA' : 'A');
}

/** What /etc/hosts has of IPv6. */
function sixOf(hostName: string): readonly string[] {
  return hostName.toLowerCase() === 'localhost' ? ['::1'] : [];
}
