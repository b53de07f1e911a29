// What can be wrong with a machine's disk, and what its calls cost in virtual time. Decides, does nothing itself.
// Reads find their pages in memory; only what was asked to be synced waits for the disk. Called by disk.ts and
// node/bindings/.
import { refuse } from './disk-error.ts';

/** A call that finds its pages in memory: a system call and a copy. */
const CALL_NS = 5_000;
/** A flush of a data-center SSD's write path, the order of what `fio --fsync=1` shows, and a page more of it. */
const SYNC_NS = 1_000_000;
const SYNC_PAGE_NS = 4_000;

export class DiskFaults {
  /** Every call that reads, writes or syncs takes this much longer. */
  slowMs = 0;
  /** Nothing more can be stored: ENOSPC. */
  isFull = false;
  /** Every call that reads, writes or syncs fails with EIO, and nothing is written back. */
  isFailing = false;

  mend(): void {
    this.slowMs = 0;
    this.isFull = false;
    this.isFailing = false;
  }

  /** Throws where the disk fails. */
  use(): void {
    if (this.isFailing) refuse('EIO');
  }

  /** Throws where nothing more can be stored. */
  store(): void {
    this.use();
    if (this.isFull) refuse('ENOSPC');
  }

  callNs(): number {
    return CALL_NS + this.slowMs * 1e6;
  }

  syncNs(pages: number): number {
    return SYNC_NS + pages * SYNC_PAGE_NS + this.slowMs * 1e6;
  }
}
