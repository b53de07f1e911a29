// Who wants to hear of changes to a file or folder, as inotify tells them: `rename` for names that come and go,
// `change` for bytes and attributes. Called by disk.ts; listened to by node/bindings/fs-event.ts.
import type { DiskNode, FolderNode } from './disk-inode.ts';

export type DiskListener = (event: 'rename' | 'change', name: string | null) => void;

export class DiskWatchers {
  readonly #listeners = new Map<DiskNode, Set<DiskListener>>();

  /** Gives what ends it. */
  add(node: DiskNode, listener: DiskListener): () => void {
    const set = this.#listeners.get(node) ?? new Set();
    set.add(listener);
    this.#listeners.set(node, set);
    return () => {
      set.delete(listener);
      if (set.size === 0) this.#listeners.delete(node);
    };
  }

  /** A name of a folder came or went; `lost` is what lost its name by it. */
  named(folder: FolderNode, name: string, lost: DiskNode | null): void {
    if (this.#listeners.size === 0) return;
    this.#tell(folder, 'rename', name);
    if (lost !== null) this.#tell(lost, 'rename', null);
  }

  changed(node: DiskNode): void {
    if (this.#listeners.size === 0) return;
    this.#tell(node, 'change', null);
    if (node.home !== null) this.#tell(node.home.folder, 'change', node.home.name);
  }

  #tell(node: DiskNode, event: 'rename' | 'change', name: string | null): void {
    for (const listener of [...(this.#listeners.get(node) ?? [])]) listener(event, name);
  }
}
