// Keeps the reader's own versions of files: one record per workspace in localStorage, checked when it is read.
// Storage may be forbidden, full or hold nonsense: then the versions live in memory, nothing is thrown, and what
// happened is said. A record that cannot be read is set aside under another key, not overwritten. Used by workspace.ts.

export interface SavedVersions {
  /** Files that differ from the original, by path. */
  readonly mine: Readonly<Record<string, string>>;
  /** What the last reset put away; null after it was taken back. */
  readonly setAside: Readonly<Record<string, string>> | null;
}

/** The part of Storage that is used, so tests can pass their own. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const prefix = 'brownout:versions:1:';
const charsMax = 1_000_000;

export const noVersions: SavedVersions = { mine: {}, setAside: null };

/** The browser's localStorage, or null where even asking for it is refused. */
export function browserShelf(): Shelf | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

export class VersionStore {
  readonly #shelf: Shelf | null;
  /** What the reader should know about keeping; '' while all is well. */
  notice = '';

  constructor(shelf: Shelf | null) {
    this.#shelf = shelf;
  }

  load(id: string): SavedVersions {
    const text = this.#read(prefix + id);
    if (text === null) return noVersions;
    const saved = parseVersions(text);
    if (saved !== null) return saved;
    const aside = `${prefix}unreadable:${id}`;
    this.#write(aside, text);
    this.notice = `Your saved version could not be read. It is kept under “${aside}” in this browser's storage; you start from the original.`;
    return noVersions;
  }

  /** True when it is kept beyond this page. */
  save(id: string, saved: SavedVersions): boolean {
    const text = JSON.stringify(saved);
    if (text.length > charsMax) {
      this.notice = `Your version is longer than ${charsMax.toLocaleString('en')} characters: it works, but will not be kept after this page closes.`;
      return false;
    }
    return this.#write(prefix + id, text);
  }

  #read(key: string): string | null {
    if (this.#shelf === null) {
      this.#forbidden();
      return null;
    }
    try {
      return this.#shelf.getItem(key);
    } catch {
      this.#forbidden();
      return null;
    }
  }

  #write(key: string, text: string): boolean {
    try {
      if (this.#shelf === null) throw new Error('no storage');
      this.#shelf.setItem(key, text);
      return true;
    } catch {
      this.#forbidden();
      return false;
    }
  }

  #forbidden(): void {
    this.notice =
      'This browser keeps nothing for this page (storage is full or forbidden): your version works, but is gone when the page closes.';
  }
}

/** Null for anything that is not exactly a record of versions. */
export function parseVersions(text: string): SavedVersions | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('mine' in value) || !('setAside' in value))
    return null;
  const { mine, setAside } = value;
  if (!isTexts(mine) || !(setAside === null || isTexts(setAside))) return null;
  return { mine, setAside };
}

function isTexts(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === 'string');
}
