// Parses JSON and remembers where each value stands, so that a complaint can name a line. Engine-independent messages.
// Refuses what JSON.parse refuses, and duplicate keys besides. Called by cluster.ts.

export interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface JsonText {
  readonly value: unknown;
  /** Place of the value at this path, or of the nearest part of the path that is there. */
  placeOf(path: readonly PropertyKey[]): Place;
}

/** Text that is not JSON. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
  readonly expected: string;
  readonly found: string;
  readonly place: Place;

  constructor(expected: string, found: string, place: Place) {
    super(`line ${place.line}, column ${place.column}: expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
    this.place = place;
  }
}

/** Throws NotJson. */
export function parseJson(text: string): JsonText {
  const reader = new Reader(text);
  const value = reader.document();
  return {
    value,
    placeOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const offset = reader.offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return placeAt(text, offset);
      }
      return { line: 1, column: 1 };
    },
  };
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Objects and arrays are walked here; strings, numbers and words are left to JSON.parse, one by one. */
class Reader {
  readonly offsets = new Map<string, number>();
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): unknown {
    const value = this.value([]);
    this.space();
    if (this.at < this.text.length) this.refuse('the end of the file');
    return value;
  }

  private value(path: readonly PropertyKey[]): unknown {
    this.space();
    this.offsets.set(keyOf(path), this.at);
    const first = this.text[this.at];
    if (first === '{') return this.object(path);
    if (first === '[') return this.array(path);
    return this.scalar('a value');
  }

  private object(path: readonly PropertyKey[]): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    this.at++;
    this.space();
    while (this.text[this.at] !== '}') {
      const start = this.at;
      if (this.text[this.at] !== '"') this.refuse(entries.size === 0 ? 'a key in " or }' : 'a key in "');
      const key = String(this.scalar('a key in "'));
      if (entries.has(key)) {
        throw new NotJson('each key once', `'${key}' a second time`, placeAt(this.text, start));
      }
      this.space();
      if (this.text[this.at] !== ':') this.refuse(`: after the key '${key}'`);
      this.at++;
      entries.set(key, this.value([...path, key]));
      this.next('}');
    }
    this.at++;
    return Object.fromEntries(entries);
  }

  private array(path: readonly PropertyKey[]): unknown[] {
    const items: unknown[] = [];
    this.at++;
    this.space();
    while (this.text[this.at] !== ']') {
      items.push(this.value([...path, items.length]));
      this.next(']');
    }
    this.at++;
    return items;
  }

  /** After a member: a comma and another one, or the closing bracket. */
  private next(close: string): void {
    this.space();
    if (this.text[this.at] === ',') {
      this.at++;
      this.space();
      if (this.text[this.at] === close) this.refuse('another value after the comma');
    } else if (this.text[this.at] !== close) this.refuse(`, or ${close}`);
  }

  private scalar(expected: string): unknown {
    const token = /"(?:[^"\\\n]|\\.)*"|[\w.+-]+/y;
    token.lastIndex = this.at;
    const [found] = token.exec(this.text) ?? [];
    if (found === undefined) return this.refuse(expected);
    try {
      const value: unknown = JSON.parse(found);
      this.at += found.length;
      return value;
    } catch {
      return this.refuse(expected);
    }
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private refuse(expected: string): never {
    const rest = this.text.slice(this.at).split(/\s/, 1)[0] ?? '';
    const found = this.at >= this.text.length ? 'the end of the file' : `'${rest.slice(0, 20)}'`;
    throw new NotJson(expected, found, placeAt(this.text, this.at));
  }
}
