// What a machine's disk keeps when the power goes: what was written back or synced, and no more, in the manner of
// ext4. Which calls keep what, and by which source, stands at the class. Computed when asked for: no events wait
// in the run's queue. Refuses to write anything back while the disk fails. Called by disk.ts.
import type { Random } from '../base/random.ts';
import type { DiskNode, FileNode, FolderNode } from './disk-inode.ts';

const COMMIT_NS = 5e9;
const FLUSHER_WAKES_NS = 5e9;
const DIRTY_EXPIRES_NS = 30e9;

/**
 * As ext4 with data=ordered, delayed allocation and noauto_da_alloc does it (kernel.org: filesystems/ext4; ext4(5)):
 * - fsync and fdatasync of a file: its bytes and attributes are kept. Not its name: fsync(2) asks for a second
 *   fsync, of the folder, for that (ext4 would often keep it; POSIX does not promise it).
 * - fsync of a folder commits the journal: all names, attributes and cuttings of files made so far are kept, in one
 *   piece. It is also committed 5 s after its first change (ext4(5): `commit`).
 * - Bytes that nobody synced are written back by the flusher, which wakes every 5 s and takes what has waited 30 s
 *   (kernel.org: admin-guide/sysctl/vm: dirty_writeback_centisecs, dirty_expire_centisecs).
 * So a rename is atomic: after the power was gone the name leads to the old file or to the new one, and the new one
 * is whole if it was synced before the rename; if not, it may be empty. So is a file that was cut and written anew
 * between the commit and the flusher. All of it lies in the cache until then and outlives its process.
 */
export class Journal {
  #openSinceNs = Number.POSITIVE_INFINITY;
  readonly #folders = new Set<FolderNode>();
  readonly #inodes = new Set<DiskNode>();
  readonly #dirty = new Set<FileNode>();
  #nextDueNs = Number.POSITIVE_INFINITY;
  /** A disk that fails writes nothing back. */
  isStuck = false;

  /** Writes back what is due by now. To be called before every change. */
  settle(nowNs: number): void {
    if (nowNs < this.#nextDueNs || this.isStuck) return;
    if (nowNs >= this.#openSinceNs + COMMIT_NS) this.commit();
    for (const file of this.#dirty) if (nowNs >= dueNs(file)) this.#flush(file);
    this.#plan();
  }

  /** A name is about to change; `old` is what it leads to. */
  nameChanges(folder: FolderNode, name: string, old: DiskNode | null, nowNs: number): void {
    if (!folder.namesOnDisk.has(name)) folder.namesOnDisk.set(name, old);
    this.#folders.add(folder);
    this.#open(nowNs);
  }

  /** Attributes are about to change. */
  attributesChange(node: DiskNode, nowNs: number): void {
    if (node.onDisk === null) {
      const { permissions, userId, groupId, accessed, modified } = node;
      node.onDisk = { permissions, userId, groupId, accessed, modified };
    }
    this.#inodes.add(node);
    this.#open(nowNs);
  }

  /** Bytes are about to change. */
  bytesChange(file: FileNode, nowNs: number): void {
    this.attributesChange(file, nowNs);
    if (this.#dirty.has(file)) return;
    this.#dirty.add(file);
    this.#nextDueNs = Math.min(this.#nextDueNs, nowNs + DIRTY_EXPIRES_NS);
  }

  /** fsync: gives how many pages had to be written. */
  sync(node: DiskNode): number {
    if (node.kind !== 'file') {
      this.commit();
      return 1;
    }
    const count = node.pages.dirtyPages;
    this.#flush(node);
    node.onDisk = null;
    this.#inodes.delete(node);
    return count;
  }

  commit(): void {
    for (const folder of this.#folders) folder.namesOnDisk.clear();
    for (const node of this.#inodes) {
      node.onDisk = null;
      if (node.kind === 'file') node.pages.truncationCommitted();
    }
    this.#folders.clear();
    this.#inodes.clear();
    this.#openSinceNs = Number.POSITIVE_INFINITY;
    this.#plan();
  }

  /** Everything: names, attributes and bytes. */
  syncAll(): void {
    this.commit();
    for (const file of this.#dirty) this.#flush(file);
    this.#plan();
  }

  /** Puts everything back to what the disk has. */
  powerLost(nowNs: number, torn: Random | null): void {
    this.settle(nowNs);
    for (const folder of this.#folders) {
      for (const [name, old] of folder.namesOnDisk) {
        const cached = folder.get(name);
        if (cached !== undefined) cached.links--;
        folder.set(name, old);
        if (old === null) continue;
        old.links++;
        old.home = { folder, name };
      }
      folder.namesOnDisk.clear();
    }
    for (const node of this.#inodes) {
      if (node.onDisk !== null) Object.assign(node, node.onDisk);
      node.onDisk = null;
    }
    for (const file of this.#dirty) file.pages.powerLost(torn);
    this.#folders.clear();
    this.#inodes.clear();
    this.#dirty.clear();
    this.#openSinceNs = Number.POSITIVE_INFINITY;
    this.#plan();
  }

  #flush(file: FileNode): void {
    file.pages.flushed();
    this.#dirty.delete(file);
  }

  #open(nowNs: number): void {
    if (this.#openSinceNs !== Number.POSITIVE_INFINITY) return;
    this.#openSinceNs = nowNs;
    this.#nextDueNs = Math.min(this.#nextDueNs, nowNs + COMMIT_NS);
  }

  #plan(): void {
    let next = this.#openSinceNs + COMMIT_NS;
    for (const file of this.#dirty) next = Math.min(next, dueNs(file));
    this.#nextDueNs = next;
  }
}

/** When the flusher takes a file: the first of its rounds at which the oldest change has waited long enough. */
function dueNs(file: FileNode): number {
  const since = file.pages.dirtySinceNs ?? Number.POSITIVE_INFINITY;
  return Math.ceil((since + DIRTY_EXPIRES_NS) / FLUSHER_WAKES_NS) * FLUSHER_WAKES_NS;
}
