// What a disk holds before anything is written to it: a tree that is shared by all machines and never changed,
// and folders mounted from elsewhere through plain functions. A disk makes inodes of it only when it is looked
// at, so a thousand machines cost no copies. Refuses nothing. Called by disk.ts, run.ts and tests.

export type Lower = LowerFile | LowerFolder | LowerLink;

export interface LowerFile {
  readonly kind: 'file';
  readonly size: number;
  /** Permission bits, such as 0o644. */
  readonly permissions?: number;
  /** Since the run's start; may be negative. */
  readonly modifiedMs?: number;
  read(): Uint8Array;
}

export interface LowerFolder {
  readonly kind: 'folder';
  readonly permissions?: number;
  names(): readonly string[];
  get(name: string): Lower | undefined;
}

export interface LowerLink {
  readonly kind: 'link';
  readonly target: string;
}

/** A tree of files in memory, put together before the run. */
export class Image implements LowerFolder {
  readonly kind = 'folder';
  readonly #entries = new Map<string, Lower>();

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  get(name: string): Lower | undefined {
    return this.#entries.get(name);
  }

  /** Puts `lower` at an absolute path, making folders on the way. */
  put(path: string, lower: Lower): void {
    const names = path.split('/').filter((name) => name !== '');
    const last = names.pop();
    if (last === undefined) return;
    let folder: Image = this;
    for (const name of names) {
      const next = folder.#entries.get(name);
      if (next instanceof Image) folder = next;
      else {
        const made = new Image();
        folder.#entries.set(name, made);
        folder = made;
      }
    }
    folder.#entries.set(last, lower);
  }
}

/** A file whose bytes are made when somebody asks first, and shared from then on. */
export function lazyFile(make: () => Uint8Array): LowerFile {
  let bytes: Uint8Array | null = null;
  const read = (): Uint8Array => {
    bytes ??= make();
    return bytes;
  };
  return {
    kind: 'file',
    get size() {
      return read().length;
    },
    read,
  };
}
