// The name of a socket's end as Node's library wants it told. A socket for IPv6 shows IPv4 addresses mapped into
// IPv6, as Linux does. Called by tcp-handle.ts and udp-handle.ts.
import { formatAddress, formatInIpv6, isIpv6 } from '../../base/address.ts';

export interface SocketName {
  address?: string;
  family?: string;
  port?: number;
}

/** Gives 0, as native calls do that succeed. */
export function nameSocket(into: SocketName, isSix: boolean, address: number, port: number): number {
  into.address = isSix ? formatInIpv6(address) : formatAddress(address);
  into.family = isSix || isIpv6(address) ? 'IPv6' : 'IPv4';
  into.port = port;
  return 0;
}
