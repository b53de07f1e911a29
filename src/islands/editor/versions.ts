// Keeps the reader's own versions of files: one record a workspace in the reader's progress, read when the lab opens.
// Storage may be forbidden, full or closed: then the versions live in memory, nothing is thrown, and what happened is
// said. What another tab types is passed on. Made by lab/lab-store.ts, used by workspace.ts.
import type { Progress } from '../progress/progress.ts';
import { keyOf, type SavedVersions } from '../progress/records.ts';

export type { SavedVersions } from '../progress/records.ts';

const charsMax = 1_000_000;

export const noVersions: SavedVersions = { mine: {}, setAside: null };

export class VersionStore {
  readonly #progress: Progress | null;
  #tooLong = '';

  /** Null: nothing is kept, and that is said. */
  constructor(progress: Progress | null) {
    this.#progress = progress;
  }

  /** What the reader should know about keeping; '' while all is well. */
  get notice(): string {
    if (this.#progress === null)
      return 'This browser keeps nothing for this page: your version works, and is gone when the page closes.';
    return this.#tooLong === '' ? this.#progress.notice : this.#tooLong;
  }

  load(id: string): SavedVersions {
    return this.#progress?.get('versions', id) ?? noVersions;
  }

  /** True when it will be kept beyond this page, as far as is known. */
  save(id: string, saved: SavedVersions): boolean {
    const isLong = JSON.stringify(saved).length > charsMax;
    this.#tooLong = isLong
      ? `Your version is longer than ${charsMax.toLocaleString('en')} characters: it works, but will not be kept after this page closes.`
      : '';
    if (!isLong) this.#progress?.update('versions', id, () => saved);
    return this.notice === '';
  }

  /** Calls with what another tab has typed, and when the notice changes. Gives what ends it. */
  follow(id: string, changed: (saved: SavedVersions | null) => void): () => void {
    const key = keyOf('versions', id);
    return (
      this.#progress?.onChange((keys) => {
        if (keys.length === 0) changed(null);
        else if (keys.includes(key)) changed(this.load(id));
      }) ?? (() => undefined)
    );
  }
}
