// Addresses as numbers, and as text where a person or a program reads them: IPv4 as unsigned 32-bit numbers, and of
// IPv6 what a machine without an IPv6 network has: `::` and the loopback `::1`, which lie above them.
// Refuses everything but four decimal numbers from 0 to 255 (no 'localhost', no octal) and those two.

/** 0.0.0.0: any IPv4 address of the machine. */
export const ANY_ADDRESS = 0;
/** 127.0.0.1. */
export const LOCALHOST = 0x7f000001;

const FIRST_IPV6 = 2 ** 32;
/** `::`: any IPv6 address of the machine, and, for a dual-stack socket, any IPv4 address. */
export const ANY_ADDRESS_IPV6 = FIRST_IPV6;
/** `::1`. */
export const LOCALHOST_IPV6 = FIRST_IPV6 + 1;

const IPV4_IN_IPV6 = '::ffff:';

/** `'10.0.0.2'` to 0x0a000002; null where the text is no dotted IPv4 address. */
export function parseAddress(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let address = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    address = address * 256 + Number(part);
  }
  return address;
}

/** `'::'`, `'::1'`, and IPv4 addresses mapped into IPv6; null for other texts. */
export function parseIpv6(text: string): number | null {
  const [address = ''] = text.split('%');
  if (address.toLowerCase().startsWith(IPV4_IN_IPV6)) return parseAddress(address.slice(IPV4_IN_IPV6.length));
  if (/^(0{0,4}:){2,7}:?0{0,4}$/.test(address)) return ANY_ADDRESS_IPV6;
  return /^(0{0,4}:){2,7}:?0{0,3}1$/.test(address) ? LOCALHOST_IPV6 : null;
}

/** 0x0a000002 to `'10.0.0.2'`. */
export function formatAddress(address: number): string {
  if (isIpv6(address)) return address === ANY_ADDRESS_IPV6 ? '::' : '::1';
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** As a socket for IPv6 shows it: IPv4 addresses mapped. */
export function formatInIpv6(address: number): string {
  if (isIpv6(address)) return formatAddress(address);
  return address === ANY_ADDRESS ? '::' : `${IPV4_IN_IPV6}${formatAddress(address)}`;
}

export function isIpv6(address: number): boolean {
  return address >= FIRST_IPV6;
}

/** 224.0.0.0/4 and the addresses above it, up to 255.255.255.255. */
export function isMulticast(address: number): boolean {
  return !isIpv6(address) && address >= 0xe0000000;
}

export function isAny(address: number): boolean {
  return address === ANY_ADDRESS || address === ANY_ADDRESS_IPV6;
}

/** True in 127.0.0.0/8 and for ::1, which never leave the machine (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3). */
export function isLoopback(address: number): boolean {
  return address === LOCALHOST_IPV6 || (!isIpv6(address) && address >>> 24 === 127);
}

/** The machine's loopback address for a wildcard: what connecting to `0.0.0.0` or `::` means on Linux. */
export function reachable(address: number): number {
  if (address === ANY_ADDRESS) return LOCALHOST;
  return address === ANY_ADDRESS_IPV6 ? LOCALHOST_IPV6 : address;
}

/** Where a socket is bound. Only `::` cares for `ipv6Only`. */
export interface Binding {
  readonly address: number;
  readonly ipv6Only: boolean;
}

/** Whether a packet for `destination` is for a socket that is bound so. */
export function isFor(bound: Binding, destination: number): boolean {
  if (bound.address === destination) return true;
  if (bound.address === ANY_ADDRESS) return !isIpv6(destination);
  return bound.address === ANY_ADDRESS_IPV6 && (isIpv6(destination) || !bound.ipv6Only);
}

/** Whether two sockets of one port would get the same packets. */
export function overlaps(one: Binding, other: Binding): boolean {
  return isFor(one, other.address) || isFor(other, one.address);
}
