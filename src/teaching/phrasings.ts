// All that a pattern of a short answer matches, where that is little: Moodle knows words and `*`, but no patterns.
// Pure. Refuses (with null) what is not made of letters, groups, `|`, `?` and short sets of letters, and what stands
// for more than `phrasingsMax` answers. Called by gift.ts.

const phrasingsMax = 64;

class TooMuch extends Error {}

/** Every answer that the whole pattern matches, each once; null where they cannot be told. */
export function phrasings(pattern: string): readonly string[] | null {
  try {
    const reader = new Reader(pattern);
    const all = reader.either();
    return reader.ended() ? [...new Set(all)] : null;
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

class Reader {
  readonly #letters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#letters = [...pattern];
  }

  ended(): boolean {
    return this.#at === this.#letters.length;
  }

  /** `a|b`. */
  either(): string[] {
    const all = this.#row();
    while (this.#took('|')) all.push(...this.#row());
    return limited(all);
  }

  #row(): string[] {
    let all = [''];
    while (!this.ended() && this.#letters[this.#at] !== '|' && this.#letters[this.#at] !== ')') {
      const piece = this.#piece();
      const next = this.#took('?') ? ['', ...piece] : piece;
      // More than one, and a lazy `??`: neither is wanted in the patterns of short answers.
      if (/[*+{?]/.test(this.#letters[this.#at] ?? '')) throw new TooMuch();
      all = limited(all.flatMap((start) => next.map((end) => start + end)));
    }
    return all;
  }

  #piece(): string[] {
    const letter = this.#next();
    if (letter === '(') return this.#group();
    if (letter === '[') return this.#set();
    if (letter === '\\') return [this.#escape()];
    if (/[.^$*+?{}\])]/.test(letter)) throw new TooMuch();
    return [letter];
  }

  #group(): string[] {
    if (this.#took('?') && !this.#took(':')) throw new TooMuch();
    const all = this.either();
    if (!this.#took(')')) throw new TooMuch();
    return all;
  }

  #set(): string[] {
    const all: string[] = [];
    while (!this.#took(']')) {
      const letter = this.#next();
      const first = letter === '\\' ? this.#escape() : letter;
      const isRange = this.#letters[this.#at] === '-' && this.#letters[this.#at + 1] !== ']';
      if ((all.length === 0 && letter === '^') || isRange) throw new TooMuch();
      all.push(first);
    }
    return limited(all);
  }

  /** A sign that stands for itself; `\d` and its like stand for many. */
  #escape(): string {
    const letter = this.#next();
    if (/[\p{L}\p{N}]/u.test(letter)) throw new TooMuch();
    return letter;
  }

  #took(letter: string): boolean {
    if (this.#letters[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    const letter = this.#letters[this.#at++];
    if (letter === undefined) throw new TooMuch();
    return letter;
  }
}

function limited(all: string[]): string[] {
  if (all.length > phrasingsMax) throw new TooMuch();
  return all;
}
