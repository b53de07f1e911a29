// IP addresses of both families as bytes in network order, 4 or 16, from text and back: what inet_pton(3) takes and
// inet_ntop(3) gives (RFC 4291, 2.2; RFC 5952, 4). Zones (`%eth0`) are dropped. Called by node/bindings, for lists of
// addresses and for DNS.

/** Null where the text is no address of either family. */
export function parseIp(text: string): Uint8Array | null {
  if (!text.includes(':')) return parseDotted(text);
  const [bare = ''] = text.split('%');
  const halves = bare.split('::');
  if (halves.length > 2) return null;
  const [front, back] = halves.map((half) => groupsOf(half));
  if (front === null || back === null || front === undefined) return null;
  const missing = 16 - front.length - (back?.length ?? 0);
  if (back === undefined ? missing !== 0 : missing < 2) return null;
  return Uint8Array.from([...front, ...Array<number>(missing).fill(0), ...(back ?? [])]);
}

export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const isMapped = best.length === 5 && groups[5] === 0xffff;
  if (best.start === 0 && (isMapped || best.length === 6))
    return `${isMapped ? '::ffff' : ':'}:${bytes.subarray(12).join('.')}`;
  const text = (some: number[]) => some.map((group) => group.toString(16)).join(':');
  if (best.start < 0) return text(groups);
  return `${text(groups.slice(0, best.start))}::${text(groups.slice(best.start + best.length))}`;
}

function parseDotted(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return Uint8Array.from(parts, Number);
}

/** Bytes of groups with colons between them, of which the last may be a dotted address. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    const dotted = at === groups.length - 1 ? parseDotted(group) : null;
    if (dotted !== null) bytes.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return null;
  }
  return bytes.length > 16 ? null : bytes;
}
