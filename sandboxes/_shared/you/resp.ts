// RESP2, the protocol of Redis: a command as bytes, and one answer out of bytes, in whatever pieces they come.
// Throws for what is no RESP2. Shows answers as redis-cli does. https://redis.io/docs/latest/develop/reference/protocol-spec/

export type Reply =
  | { readonly kind: 'simple' | 'error' | 'bulk'; readonly text: string }
  | { readonly kind: 'integer'; readonly number: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'array'; readonly items: readonly Reply[] };

const deepest = 32;

export function encodeCommand(words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join('')}`;
}

/** The answer at `from` and where it ends; null while not all of it is there. */
export function readReply(bytes: Buffer, from = 0, depth = 0): { value: Reply; next: number } | null {
  const end = bytes.indexOf('\r\n', from);
  if (end < 0) return null;
  const kind = String.fromCharCode(bytes[from] ?? 0);
  const text = bytes.toString('utf8', from + 1, end);
  const next = end + 2;
  if (kind === '+') return { value: { kind: 'simple', text }, next };
  if (kind === '-') return { value: { kind: 'error', text }, next };
  if (kind === ':' && /^[+-]?\d+$/.test(text)) return { value: { kind: 'integer', number: text }, next };
  const count = Number(text);
  if (!/[$*]/.test(kind) || !Number.isInteger(count) || count < -1 || depth > deepest)
    throw new Error(`expected an answer in RESP2, found '${kind}${text.slice(0, 40)}'`);
  if (count === -1) return { value: { kind: 'nil' }, next };
  if (kind === '*') return readArray(bytes, next, count, depth);
  if (bytes.length < next + count + 2) return null;
  return {
    value: { kind: 'bulk', text: bytes.toString('utf8', next, next + count) },
    next: next + count + 2,
  };
}

function readArray(bytes: Buffer, from: number, count: number, depth: number) {
  const items: Reply[] = [];
  let next = from;
  for (let index = 0; index < count; index++) {
    const item = readReply(bytes, next, depth + 1);
    if (item === null) return null;
    items.push(item.value);
    next = item.next;
  }
  return { value: { kind: 'array' as const, items }, next };
}

export function shownReply(reply: Reply, indent = ''): string {
  switch (reply.kind) {
    case 'simple':
      return reply.text;
    case 'error':
      return `(error) ${reply.text}`;
    case 'integer':
      return `(integer) ${reply.number}`;
    case 'nil':
      return '(nil)';
    case 'bulk':
      return JSON.stringify(reply.text);
    case 'array':
      if (reply.items.length === 0) return '(empty array)';
      return reply.items
        .map((item, index) => {
          const mark = `${index + 1}) `;
          return `${index === 0 ? '' : indent}${mark}${shownReply(item, indent + ' '.repeat(mark.length))}`;
        })
        .join('\n');
  }
}
