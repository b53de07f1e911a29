// The processes of one machine by their numbers: who started whom, signals between them, and what happens to
// those whose parent has gone (process 1 takes them in). Called by computer.ts, and for programs by
// node/bindings/process-wrap.ts and process-methods.ts through the machine they run on.
import type { Process, ProcessEnd } from './process.ts';

export interface ProcessEntry {
  readonly pid: number;
  parent: number;
  readonly process: Process;
  readonly command: readonly string[];
  /** Called once it has ended. */
  readonly ended: (end: ProcessEnd) => void;
}

const FIRST_PID = 101;
/** As `ulimit -u` has it in a container: one more is refused with EAGAIN. */
export const PROCESSES_MAX = 256;
export const INIT_PID = 1;

export class ProcessTable {
  readonly #entries = new Map<number, ProcessEntry>();
  #nextPid = FIRST_PID;

  /** Number of processes that have not ended. */
  get size(): number {
    return this.#entries.size;
  }

  get isFull(): boolean {
    return this.size >= PROCESSES_MAX;
  }

  nextPid(): number {
    return this.#nextPid++;
  }

  add(entry: ProcessEntry): void {
    this.#entries.set(entry.pid, entry);
  }

  entry(pid: number): ProcessEntry | undefined {
    return this.#entries.get(pid);
  }

  /** In the order in which they were started. */
  all(): ProcessEntry[] {
    return [...this.#entries.values()];
  }

  /** Takes out a process that has ended and tells who waits for it. False for one that is not there. */
  ended(process: Process, end: ProcessEnd): boolean {
    const entry = this.#entries.get(process.pid);
    if (entry?.process !== process) return false;
    this.#entries.delete(process.pid);
    for (const each of this.#entries.values()) if (each.parent === process.pid) each.parent = INIT_PID;
    entry.ended(end);
    return true;
  }
}
