// The name of a socket's end as Node's library wants it told. A dual-stack socket shows IPv4 addresses mapped
// into IPv6, as Linux does. Called by tcp-handle.ts.
import { formatAddress } from '../../base/address.ts';

export const DUAL_STACK_ANY = '::';

export interface SocketName {
  address?: string;
  family?: string;
  port?: number;
}

/** Gives 0, as native calls do that succeed. */
export function nameSocket(into: SocketName, isDual: boolean, address: number, port: number): number {
  const text = formatAddress(address);
  into.address = isDual ? (address === 0 ? DUAL_STACK_ANY : `::ffff:${text}`) : text;
  into.family = isDual ? 'IPv6' : 'IPv4';
  into.port = port;
  return 0;
}
