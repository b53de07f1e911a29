// The files that a reader edits, kept apart in three: the original, my version, the solution (exercises only).
// My version is saved as it is typed. Reset puts it away and never destroys: it can be had back.
// Refuses to edit a path that is not among the originals. Used by the code panel and the exercise panel.
import { signal } from '@preact/signals';
import { noVersions, type SavedVersions, type VersionStore } from './versions.ts';

export type View = 'mine' | 'original' | 'solution';

type Texts = Readonly<Record<string, string>>;

export class Workspace {
  readonly id: string;
  readonly originals: Texts;
  readonly solution: Texts | null;
  /** Paths shown as tabs. */
  readonly paths: readonly string[];
  readonly saved = signal<SavedVersions>(noVersions);
  readonly notice = signal('');
  /** Counts changes that did not come from typing, so the editor knows to take the text anew. */
  readonly replaced = signal(0);
  readonly #store: VersionStore;

  constructor(
    id: string,
    originals: Texts,
    paths: readonly string[],
    solution: Texts | null,
    store: VersionStore,
  ) {
    this.id = id;
    this.originals = originals;
    this.paths = paths.filter((path) => originals[path] !== undefined);
    this.solution = solution;
    this.#store = store;
    const { mine, setAside } = store.load(id);
    this.saved.value = { mine: this.#known(mine), setAside };
    this.notice.value = store.notice;
    store.follow(id, (other) => this.#follow(other));
  }

  text(path: string, view: View): string {
    const original = this.originals[path] ?? '';
    if (view === 'original') return original;
    if (view === 'solution') return this.solution?.[path] ?? original;
    return this.saved.value.mine[path] ?? original;
  }

  /** What a run with my version runs. */
  files(): Texts {
    return { ...this.originals, ...this.saved.value.mine };
  }

  changed(path: string): boolean {
    return this.saved.value.mine[path] !== undefined;
  }

  get hasMine(): boolean {
    return Object.keys(this.saved.value.mine).length > 0;
  }

  type(path: string, text: string): void {
    const original = this.originals[path];
    if (original === undefined) return;
    const { [path]: _, ...others } = this.saved.value.mine;
    this.#keep({ ...this.saved.value, mine: text === original ? others : { ...others, [path]: text } });
  }

  /** Back to the original; what I had is put away. */
  reset(): void {
    if (!this.hasMine) return;
    this.#keep({ mine: {}, setAside: this.saved.value.mine });
    this.replaced.value += 1;
  }

  /** What the last reset put away comes back; what I have typed since is put away in its place. */
  bringBack(): void {
    const { mine, setAside } = this.saved.value;
    if (setAside === null) return;
    this.#keep({ mine: this.#known(setAside), setAside: this.hasMine ? mine : null });
    this.replaced.value += 1;
  }

  #keep(saved: SavedVersions): void {
    this.saved.value = saved;
    this.#store.save(this.id, saved);
    this.notice.value = this.#store.notice;
  }

  /** What another tab typed is mine too: the newest is shown everywhere. */
  #follow(other: SavedVersions | null): void {
    this.notice.value = this.#store.notice;
    if (other === null) return;
    this.saved.value = { mine: this.#known(other.mine), setAside: other.setAside };
    this.replaced.value += 1;
  }

  #known(texts: Texts): Texts {
    return Object.fromEntries(
      Object.entries(texts).filter(([path, text]) => {
        const original = this.originals[path];
        return original !== undefined && original !== text;
      }),
    );
  }
}
