// Replies of the protocol, both ways: as bytes in RESP2 or RESP3, and out of bytes again for the programs that ask.
// A string is a bulk string, a number an integer, null is nothing. Refuses bytes that are no reply, by throwing.
// Used by cache.ts and connection.ts. Strings hold one byte in each character, as in resp.ts.

export type Reply =
  | string
  | number
  | null
  | readonly Reply[]
  | { readonly simple: string }
  | { readonly error: string }
  /** Pairs: a map in RESP3, a flat array in RESP2. */
  | { readonly pairs: readonly (readonly [Reply, Reply])[] }
  /** Words for a person: 'verbatim' in RESP3, a bulk string in RESP2. */
  | { readonly verbatim: string };

export const ok: Reply = { simple: 'OK' };
export const error = (text: string): { readonly error: string } => ({ error: text });

const inOneLine = (text: string): string => text.replaceAll(/[\r\n]/g, ' ');

export function encode(reply: Reply, protocol: 2 | 3): string {
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (reply === null) return protocol === 3 ? '_\r\n' : '$-1\r\n';
  if ('simple' in reply) return `+${inOneLine(reply.simple)}\r\n`;
  if ('error' in reply) return `-${inOneLine(reply.error)}\r\n`;
  if ('verbatim' in reply)
    return protocol === 3
      ? `=${reply.verbatim.length + 4}\r\ntxt:${reply.verbatim}\r\n`
      : encode(reply.verbatim, 2);
  if (!('pairs' in reply)) return `*${reply.length}\r\n${reply.map((one) => encode(one, protocol)).join('')}`;
  const body = reply.pairs.map(([name, value]) => encode(name, protocol) + encode(value, protocol)).join('');
  return protocol === 3 ? `%${reply.pairs.length}\r\n${body}` : `*${reply.pairs.length * 2}\r\n${body}`;
}

export function encodeCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** The reply at `from` and where it ends; undefined while not all of it is there. */
export function readReply(bytes: Buffer, from = 0): { reply: Reply; next: number } | undefined {
  const end = bytes.indexOf('\r\n', from, 'latin1');
  if (end < 0) return undefined;
  const kind = String.fromCharCode(bytes[from] ?? 0);
  const text = bytes.toString('latin1', from + 1, end);
  const next = end + 2;
  if (kind === '+') return { reply: { simple: text }, next };
  if (kind === '-') return { reply: { error: text }, next };
  const count = Number(text);
  if (kind === '_' || (count === -1 && '$*'.includes(kind))) return { reply: null, next };
  if (text === '' || !Number.isInteger(count) || (kind !== ':' && count < 0))
    throw new Error(`expected a reply in RESP, found '${kind}${text.slice(0, 40)}'`);
  if (kind === ':') return { reply: count, next };
  if (kind === '$' || kind === '=') {
    if (bytes.length < next + count + 2) return undefined;
    const body = bytes.toString('latin1', next, next + count);
    return { reply: kind === '$' ? body : { verbatim: body.slice(4) }, next: next + count + 2 };
  }
  if (kind !== '*' && kind !== '%') throw new Error(`expected a reply in RESP, found '${kind}'`);
  const found = readMany(bytes, next, kind === '%' ? count * 2 : count);
  if (found === undefined || kind === '*') return found && { reply: found.replies, next: found.next };
  const pairs = Array.from({ length: count }, (_, index): readonly [Reply, Reply] => [
    found.replies[index * 2] ?? null,
    found.replies[index * 2 + 1] ?? null,
  ]);
  return { reply: { pairs }, next: found.next };
}

function readMany(bytes: Buffer, from: number, count: number) {
  const replies: Reply[] = [];
  let next = from;
  while (replies.length < count) {
    const one = readReply(bytes, next);
    if (one === undefined) return undefined;
    replies.push(one.reply);
    next = one.next;
  }
  return { replies, next };
}
