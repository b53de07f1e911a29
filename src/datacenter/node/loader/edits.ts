// Changes to a text by position, applied all at once. Lines never move: what is inserted holds no line break,
// and what is blanked keeps its own. Called by compile.ts.

interface Edit {
  readonly at: number;
  readonly end: number;
  readonly text: string;
  readonly order: number;
}

export class Edits {
  readonly #source: string;
  readonly #edits: Edit[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  insert(at: number, text: string): void {
    this.#edits.push({ at, end: at, text, order: this.#edits.length });
  }

  /** After all else that is inserted there. */
  insertLast(at: number, text: string): void {
    this.#edits.push({ at, end: at, text, order: Number.POSITIVE_INFINITY });
  }

  replace(at: number, end: number, text: string): void {
    const breaks = this.#source.slice(at, end).replaceAll(/[^\n]/g, '');
    this.#edits.push({ at, end, text: text + breaks, order: this.#edits.length });
  }

  blank(at: number, end: number): void {
    this.replace(at, end, '');
  }

  /** Insertions at one place stand in the order in which they were asked for. */
  apply(): string {
    const sorted = [...this.#edits].sort(
      (a, b) => a.at - b.at || a.end - b.end || (a.order < b.order ? -1 : 1),
    );
    let text = '';
    let at = 0;
    for (const edit of sorted) {
      if (edit.at < at) continue;
      text += this.#source.slice(at, edit.at) + edit.text;
      at = edit.end;
    }
    return text + this.#source.slice(at);
  }
}
