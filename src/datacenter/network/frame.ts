// Packets as they would be on an Ethernet: headers of Ethernet II, IPv4 (RFC 791), on the loopback also IPv6 (RFC
// 8200), TCP (RFC 9293), UDP (RFC 768) and ICMP (RFC 792, RFC 4443) with their checksums. Pure. Never fragments: a long datagram is one long frame.
// A SYN says the segment size that the kernel uses; other options are not modelled. Called by capture.ts.

import { isIpv6, isLoopback } from '../base/address.ts';
import { ACK, SYN } from '../base/tcp-flags.ts';
import type { Packet } from './packet.ts';

const ETHERNET_BYTES = 14;
const IPV4_BYTES = 20;
const IPV6_BYTES = 40;
const UDP_BYTES = 8;
const TCP_BYTES = 20;
/** Kind 2, length 4, the size. */
const MSS_OPTION_BYTES = 4;
const MSS = 1460;
const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const DONT_FRAGMENT = 0x4000;
const TTL = 64;
const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17 } as const;
/** Destination unreachable, port. */
const PORT_UNREACHABLE = 0x0303;
const PORT_UNREACHABLE_IPV6 = 0x0104;
const ICMP_IPV6 = 58;

/** One frame. `identification` is the IP header's, which counts packets. */
export function frameOf(packet: Packet, identification: number): Uint8Array {
  const isTcp = packet.protocol === 'tcp';
  const withMss = isTcp && (packet.flags & SYN) !== 0;
  const header = isTcp ? TCP_BYTES + (withMss ? MSS_OPTION_BYTES : 0) : UDP_BYTES;
  const ipBytes = ipBytesOf(packet);
  const quoted = packet.protocol === 'icmp' ? ipBytes + UDP_BYTES : 0;
  const size = ipBytes + header + quoted + packet.payload.length;
  const frame = new Uint8Array(ETHERNET_BYTES + size);
  const view = new DataView(frame.buffer);
  writeMac(view, 0, packet.destinationAddress);
  writeMac(view, 6, packet.sourceAddress);
  view.setUint16(12, ipBytes === IPV6_BYTES ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4);
  const { sourceAddress: from, destinationAddress: to } = packet;
  writeIp(view, ETHERNET_BYTES, { size, identification, protocol: packet.protocol, from, to });
  const at = ETHERNET_BYTES + ipBytes;
  frame.set(packet.payload, at + header + quoted);
  if (isTcp) writeTcp(view, at, packet, withMss);
  else if (packet.protocol === 'udp') writeUdp(view, at, packet);
  else writeIcmp(view, at, packet);
  return frame;
}

/** Locally administered, from the IP address; zeros on the loopback interface. */
function writeMac(view: DataView, at: number, address: number): void {
  if (isLoopback(address)) return;
  view.setUint16(at, 0x0200);
  view.setUint32(at + 2, address);
}

function ipBytesOf(packet: Packet): number {
  return isIpv6(packet.sourceAddress) ? IPV6_BYTES : IPV4_BYTES;
}

interface IpHeader {
  readonly size: number;
  readonly identification: number;
  readonly protocol: Packet['protocol'];
  readonly from: number;
  readonly to: number;
}

function writeIp(view: DataView, at: number, header: IpHeader): void {
  if (isIpv6(header.from)) {
    writeIpv6(view, at, header);
    return;
  }
  view.setUint16(at, 0x4500);
  view.setUint16(at + 2, header.size);
  view.setUint16(at + 4, header.identification & 0xffff);
  view.setUint16(at + 6, DONT_FRAGMENT);
  view.setUint8(at + 8, TTL);
  view.setUint8(at + 9, PROTOCOLS[header.protocol]);
  view.setUint32(at + 12, header.from);
  view.setUint32(at + 16, header.to);
  view.setUint16(at + 10, checksum(view, at, at + IPV4_BYTES, 0));
}

/** The only IPv6 addresses that packets have are ::1. */
function writeIpv6(view: DataView, at: number, header: IpHeader): void {
  view.setUint16(at, 0x6000);
  view.setUint16(at + 4, header.size - IPV6_BYTES);
  view.setUint8(at + 6, header.protocol === 'icmp' ? ICMP_IPV6 : PROTOCOLS[header.protocol]);
  view.setUint8(at + 7, TTL);
  view.setUint8(at + 23, 1);
  view.setUint8(at + 39, 1);
}

function writeTcp(view: DataView, at: number, packet: Packet, withMss: boolean): void {
  view.setUint16(at, packet.sourcePort);
  view.setUint16(at + 2, packet.destinationPort);
  view.setUint32(at + 4, packet.sequence);
  view.setUint32(at + 8, (packet.flags & ACK) === 0 ? 0 : packet.acknowledgment);
  const words = (TCP_BYTES + (withMss ? MSS_OPTION_BYTES : 0)) / 4;
  view.setUint16(at + 12, (words << 12) | packet.flags);
  view.setUint16(at + 14, packet.window);
  if (withMss) view.setUint32(at + TCP_BYTES, 0x02040000 | MSS);
  view.setUint16(at + 16, checksum(view, at, view.byteLength, pseudoHeader(view, at, packet)));
}

function writeUdp(view: DataView, at: number, packet: Packet): void {
  view.setUint16(at, packet.sourcePort);
  view.setUint16(at + 2, packet.destinationPort);
  view.setUint16(at + 4, UDP_BYTES + packet.payload.length);
  // 0 would say that there is no checksum.
  view.setUint16(at + 6, checksum(view, at, view.byteLength, pseudoHeader(view, at, packet)) || 0xffff);
}

/** Quotes the headers of the datagram that it is about, which went the other way. */
function writeIcmp(view: DataView, at: number, packet: Packet): void {
  const isSix = isIpv6(packet.sourceAddress);
  view.setUint16(at, isSix ? PORT_UNREACHABLE_IPV6 : PORT_UNREACHABLE);
  const quote = at + UDP_BYTES;
  const ipBytes = ipBytesOf(packet);
  const size = ipBytes + UDP_BYTES + packet.sequence;
  const { destinationAddress: from, sourceAddress: to } = packet;
  writeIp(view, quote, { size, identification: 0, protocol: 'udp', from, to });
  view.setUint16(quote + ipBytes, packet.destinationPort);
  view.setUint16(quote + ipBytes + 2, packet.sourcePort);
  view.setUint16(quote + ipBytes + 4, UDP_BYTES + packet.sequence);
  const begun = isSix ? pseudoHeader(view, at, packet) : 0;
  view.setUint16(at + 2, checksum(view, at, view.byteLength, begun));
}

/** Sum of what TCP, UDP and ICMP for IPv6 checksum besides themselves. */
function pseudoHeader(view: DataView, at: number, packet: Packet): number {
  const { sourceAddress: from, destinationAddress: to } = packet;
  const isSix = isIpv6(from);
  // The sum of the two ::1 is 2.
  const addresses = isSix ? 2 : (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff);
  const protocol = isSix && packet.protocol === 'icmp' ? ICMP_IPV6 : PROTOCOLS[packet.protocol];
  return addresses + protocol + view.byteLength - at;
}

/** The Internet checksum (RFC 1071) of bytes `at` to `end`, begun with `sum`. */
function checksum(view: DataView, at: number, end: number, begun: number): number {
  let sum = begun;
  let next = at;
  for (; next + 1 < end; next += 2) sum += view.getUint16(next);
  if (next < end) sum += view.getUint8(next) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
