// Packets as they would be on an Ethernet: headers of Ethernet II, IPv4 (RFC 791), TCP (RFC 9293), UDP (RFC 768)
// and ICMP (RFC 792) with their checksums. Pure. Never fragments: a long datagram is one long frame.
// A SYN says the segment size that the kernel uses; other options are not modelled. Called by capture.ts.

import { ACK, SYN } from '../base/tcp-flags.ts';
import type { Packet } from './packet.ts';

const ETHERNET_BYTES = 14;
const IP_BYTES = 20;
const UDP_BYTES = 8;
const TCP_BYTES = 20;
/** Kind 2, length 4, the size. */
const MSS_OPTION_BYTES = 4;
const MSS = 1460;
const ETHERTYPE_IPV4 = 0x0800;
const DONT_FRAGMENT = 0x4000;
const TTL = 64;
const PROTOCOLS = { icmp: 1, tcp: 6, udp: 17 } as const;
/** Destination unreachable, port. */
const PORT_UNREACHABLE = 0x0303;

/** One frame. `identification` is the IP header's, which counts packets. */
export function frameOf(packet: Packet, identification: number): Uint8Array {
  const isTcp = packet.protocol === 'tcp';
  const withMss = isTcp && (packet.flags & SYN) !== 0;
  const header = isTcp ? TCP_BYTES + (withMss ? MSS_OPTION_BYTES : 0) : UDP_BYTES;
  const quoted = packet.protocol === 'icmp' ? IP_BYTES + UDP_BYTES : 0;
  const size = IP_BYTES + header + quoted + packet.payload.length;
  const frame = new Uint8Array(ETHERNET_BYTES + size);
  const view = new DataView(frame.buffer);
  writeMac(view, 0, packet.destinationAddress);
  writeMac(view, 6, packet.sourceAddress);
  view.setUint16(12, ETHERTYPE_IPV4);
  const { sourceAddress: from, destinationAddress: to } = packet;
  writeIp(view, ETHERNET_BYTES, { size, identification, protocol: packet.protocol, from, to });
  const at = ETHERNET_BYTES + IP_BYTES;
  frame.set(packet.payload, at + header + quoted);
  if (isTcp) writeTcp(view, at, packet, withMss);
  else if (packet.protocol === 'udp') writeUdp(view, at, packet);
  else writeIcmp(view, at, packet);
  return frame;
}

/** Locally administered, from the IP address; zeros on the loopback interface. */
function writeMac(view: DataView, at: number, address: number): void {
  if (address >>> 24 === 127) return;
  view.setUint16(at, 0x0200);
  view.setUint32(at + 2, address);
}

interface IpHeader {
  readonly size: number;
  readonly identification: number;
  readonly protocol: Packet['protocol'];
  readonly from: number;
  readonly to: number;
}

function writeIp(view: DataView, at: number, header: IpHeader): void {
  view.setUint16(at, 0x4500);
  view.setUint16(at + 2, header.size);
  view.setUint16(at + 4, header.identification & 0xffff);
  view.setUint16(at + 6, DONT_FRAGMENT);
  view.setUint8(at + 8, TTL);
  view.setUint8(at + 9, PROTOCOLS[header.protocol]);
  view.setUint32(at + 12, header.from);
  view.setUint32(at + 16, header.to);
  view.setUint16(at + 10, checksum(view, at, at + IP_BYTES, 0));
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
  view.setUint16(at, PORT_UNREACHABLE);
  const quote = at + UDP_BYTES;
  const size = IP_BYTES + UDP_BYTES + packet.sequence;
  const { destinationAddress: from, sourceAddress: to } = packet;
  writeIp(view, quote, { size, identification: 0, protocol: 'udp', from, to });
  view.setUint16(quote + IP_BYTES, packet.destinationPort);
  view.setUint16(quote + IP_BYTES + 2, packet.sourcePort);
  view.setUint16(quote + IP_BYTES + 4, UDP_BYTES + packet.sequence);
  view.setUint16(at + 2, checksum(view, at, view.byteLength, 0));
}

/** Sum of what TCP and UDP checksum besides themselves. */
function pseudoHeader(view: DataView, at: number, packet: Packet): number {
  const { sourceAddress: from, destinationAddress: to } = packet;
  const addresses = (from >>> 16) + (from & 0xffff) + (to >>> 16) + (to & 0xffff);
  return addresses + PROTOCOLS[packet.protocol] + view.byteLength - at;
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
