// net.BlockList and net.SocketAddress: addresses of both families, single, in ranges and in subnets. An IPv4 address
// and the same one mapped into IPv6 are one, as Node's native side has it. Called by registry.ts.
import { formatIp, parseIp } from '../../base/ip-bytes.ts';
import type { Binding, Realm } from '../realm.ts';

const AF_INET = 2;
const AF_INET6 = 10;
const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

interface Rule {
  readonly kind: 'Range' | 'Subnet';
  /** As `rules` shows it. */
  readonly text: string;
  holds(address: Uint8Array): boolean;
}

const familyOf = (address: Uint8Array): string => (address.length === 4 ? 'IPv4' : 'IPv6');

/** IPv4 for what is mapped into IPv6. */
function plain(address: Uint8Array): Uint8Array {
  const isMapped = address.length === 16 && MAPPED_PREFIX.every((byte, at) => address[at] === byte);
  return isMapped ? address.slice(12) : address;
}

/** Below 0, 0, above 0; null for addresses of two families. */
function compare(one: Uint8Array, other: Uint8Array): number | null {
  const [a, b] = [plain(one), plain(other)];
  if (a.length !== b.length) return null;
  for (const [at, byte] of a.entries()) {
    const difference = byte - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function isInSubnet(address: Uint8Array, network: Uint8Array, prefix: number): boolean {
  const [a, b] = network.length === 4 ? [plain(address), network] : [address, network];
  if (a.length !== b.length) return false;
  for (let bit = 0; bit < prefix; bit += 8) {
    const mask = prefix - bit >= 8 ? 0xff : (0xff00 >> (prefix - bit)) & 0xff;
    const at = bit / 8;
    if ((((a[at] ?? 0) ^ (b[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

/** Native side of net.SocketAddress. */
class Address {
  readonly bytes: Uint8Array;
  readonly #port: number;
  readonly #family: number;
  readonly #flowLabel: number;

  constructor(text: string, port: number, family: number, flowLabel: number) {
    const bytes = parseIp(text);
    if (bytes === null || bytes.length !== (family === AF_INET ? 4 : 16))
      throw Object.assign(new Error('Invalid socket address'), { code: 'ERR_INVALID_ADDRESS' });
    this.bytes = bytes;
    this.#port = port;
    this.#family = family;
    this.#flowLabel = flowLabel >>> 0;
  }

  detail(into: object): object {
    return Object.assign(into, {
      address: formatIp(this.bytes),
      port: this.#port,
      family: this.#family,
      flowlabel: this.#flowLabel,
    });
  }

  flowlabel(): number {
    return this.#flowLabel;
  }
}

/** Native side of net.BlockList. What was added last is shown first. */
class List {
  #addresses: Uint8Array[] = [];
  #rules: Rule[] = [];

  addAddress({ bytes }: Address): void {
    this.#remove(bytes);
    this.#addresses.unshift(bytes);
  }

  addAddresses(all: readonly Address[]): void {
    for (const each of all) this.addAddress(each);
  }

  /** False where the start comes after the end. */
  addRange(start: Address, end: Address): boolean {
    if ((compare(start.bytes, end.bytes) ?? 0) > 0) return false;
    const holds = (address: Uint8Array): boolean =>
      (compare(address, start.bytes) ?? -1) >= 0 && (compare(address, end.bytes) ?? 1) <= 0;
    this.#rules.unshift({ kind: 'Range', text: rangeText(start, end), holds });
    return true;
  }

  addSubnet({ bytes }: Address, prefix: number): void {
    const holds = (address: Uint8Array): boolean => isInSubnet(address, bytes, prefix);
    this.#rules.unshift({ kind: 'Subnet', text: subnetText(bytes, prefix), holds });
  }

  removeAddress({ bytes }: Address): void {
    this.#remove(bytes);
  }

  removeRange(start: Address, end: Address): void {
    this.#drop(rangeText(start, end));
  }

  removeSubnet({ bytes }: Address, prefix: number): void {
    this.#drop(subnetText(bytes, prefix));
  }

  check({ bytes }: Address): boolean {
    return this.#holds(bytes);
  }

  checkString(text: string, family: number): boolean {
    const bytes = parseIp(text);
    return bytes !== null && bytes.length === (family === AF_INET ? 4 : 16) && this.#holds(bytes);
  }

  getRules(): string[] {
    const texts = (kind: Rule['kind']) => this.#rules.filter((rule) => rule.kind === kind);
    return [
      ...this.#addresses.map((address) => `Address: ${familyOf(address)} ${formatIp(address)}`),
      ...[...texts('Subnet'), ...texts('Range')].map(({ text }) => text),
    ];
  }

  getSize(): number {
    return this.#addresses.length + this.#rules.length;
  }

  clear(): void {
    this.#addresses = [];
    this.#rules = [];
  }

  #holds(address: Uint8Array): boolean {
    return (
      this.#addresses.some((each) => compare(each, address) === 0) ||
      this.#rules.some((rule) => rule.holds(address))
    );
  }

  #remove(address: Uint8Array): void {
    this.#addresses = this.#addresses.filter((each) => compare(each, address) !== 0);
  }

  #drop(text: string): void {
    const at = this.#rules.findIndex((rule) => rule.text === text);
    if (at >= 0) this.#rules.splice(at, 1);
  }
}

function rangeText(start: Address, end: Address): string {
  return `Range: ${familyOf(start.bytes)} ${formatIp(start.bytes)}-${formatIp(end.bytes)}`;
}

function subnetText(network: Uint8Array, prefix: number): string {
  return `Subnet: ${familyOf(network)} ${formatIp(network)}/${prefix}`;
}

export const blockList = (realm: Realm): Binding => ({
  ...realm.library.data('block_list'),
  AF_INET,
  AF_INET6,
  BlockList: class BlockList extends List {},
  SocketAddress: class SocketAddress extends Address {},
});
