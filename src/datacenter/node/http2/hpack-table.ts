// The tables of HPACK (RFC 7541, sections 2.3 and 4, appendix A): fields by number, the static ones first, then what
// either side has put into the dynamic one, newest first. Refuses nothing. Used by hpack-encoder.ts and -decoder.ts.

export interface HeaderField {
  readonly name: string;
  readonly value: string;
  /** Must never be put into a table, by nobody on the way. */
  readonly isSensitive?: boolean;
}

/** What an entry takes besides its texts. */
const OVERHEAD_BYTES = 32;
export const TABLE_BYTES_DEFAULT = 4096;

const STATIC: readonly HeaderField[] = [
  [':authority'],
  [':method', 'GET', 'POST'],
  [':path', '/', '/index.html'],
  [':scheme', 'http', 'https'],
  [':status', '200', '204', '206', '304', '400', '404', '500'],
  ['accept-charset'],
  ['accept-encoding', 'gzip, deflate'],
  ...[
    'accept-language',
    'accept-ranges',
    'accept',
    'access-control-allow-origin',
    'age',
    'allow',
    'authorization',
    'cache-control',
    'content-disposition',
    'content-encoding',
    'content-language',
    'content-length',
    'content-location',
    'content-range',
    'content-type',
    'cookie',
    'date',
    'etag',
    'expect',
    'expires',
    'from',
    'host',
    'if-match',
    'if-modified-since',
    'if-none-match',
    'if-range',
    'if-unmodified-since',
    'last-modified',
    'link',
    'location',
    'max-forwards',
    'proxy-authenticate',
    'proxy-authorization',
    'range',
    'referer',
    'refresh',
    'retry-after',
    'server',
    'set-cookie',
    'strict-transport-security',
    'transfer-encoding',
    'user-agent',
    'vary',
    'via',
    'www-authenticate',
  ].map((name) => [name]),
].flatMap(([name = '', ...values]) =>
  (values.length === 0 ? [''] : values).map((value) => ({ name, value })),
);

const staticIndexes = new Map<string, number>();
STATIC.forEach(({ name }, at) => {
  if (!staticIndexes.has(name)) staticIndexes.set(name, at + 1);
});

export const sizeOf = (field: HeaderField): number => field.name.length + field.value.length + OVERHEAD_BYTES;

/** Where a field was found: by name and value, or by its name alone. */
export interface Found {
  readonly index: number;
  readonly isExact: boolean;
}

export class HeaderTable {
  #entries: HeaderField[] = [];
  #bytes = 0;
  #bytesMax = TABLE_BYTES_DEFAULT;

  get bytes(): number {
    return this.#bytes;
  }

  get bytesMax(): number {
    return this.#bytesMax;
  }

  /** Counted from 1. */
  at(index: number): HeaderField | undefined {
    return index <= STATIC.length ? STATIC[index - 1] : this.#entries[index - STATIC.length - 1];
  }

  add(field: HeaderField): void {
    const bytes = sizeOf(field);
    this.#shrinkTo(this.#bytesMax - bytes);
    if (bytes > this.#bytesMax) return;
    this.#entries.unshift(field);
    this.#bytes += bytes;
  }

  resize(bytesMax: number): void {
    this.#bytesMax = bytesMax;
    this.#shrinkTo(bytesMax);
  }

  /** The static table is looked at first; a name that both have goes by its static number. */
  find(field: HeaderField): Found | null {
    const byName = staticIndexes.get(field.name);
    for (let index = byName ?? STATIC.length + 1; STATIC[index - 1]?.name === field.name; index++)
      if (STATIC[index - 1]?.value === field.value) return { index, isExact: true };
    let named = byName;
    for (const [at, { name, value }] of this.#entries.entries()) {
      if (name !== field.name) continue;
      const index = STATIC.length + at + 1;
      if (value === field.value) return { index, isExact: true };
      named ??= index;
    }
    return named === undefined ? null : { index: named, isExact: false };
  }

  #shrinkTo(bytes: number): void {
    while (this.#bytes > Math.max(0, bytes)) {
      const oldest = this.#entries.pop();
      if (oldest === undefined) return;
      this.#bytes -= sizeOf(oldest);
    }
  }
}
