// The control bits of a TCP header (RFC 9293, 3.1) and how tcpdump writes them. Shared by the kernel, which
// sets them, and by trace and capture, which print them.

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

/** As in tcpdump: 'S', 'S.', '.', 'P.', 'F.', 'R', 'R.'; the dot is ACK. */
export function formatTcpFlags(flags: number): string {
  return TEXTS[flags & 0x1f] as string;
}

const TEXTS: readonly string[] = Array.from(
  { length: 0x20 },
  (_, flags) =>
    (flags & FIN ? 'F' : '') +
    (flags & SYN ? 'S' : '') +
    (flags & RST ? 'R' : '') +
    (flags & PSH ? 'P' : '') +
    (flags & ACK ? '.' : ''),
);
