// A machine's memory, counted simply: what each process takes by itself, its large buffers, and what the kernel holds
// in queues. JavaScript's own objects cannot be seen and are not counted; nor can be seen when a buffer is collected,
// which differs between hosts: a large one counts until its process ends, where the cluster file limits the memory,
// and else to the end of the turn. Where memory runs out the largest process is killed, as by Linux's OOM killer.
// Called by computer.ts, process.ts and the bindings.

/** What a Node process that does nothing takes. */
export const PROCESS_BYTES = 40 * 1024 * 1024;
/** Smaller buffers are taken to come and go. */
export const LARGE_BUFFER_BYTES = 64 * 1024;
export const MEMORY_MIB_DEFAULT = 1024;
const MIB = 1024 * 1024;

export class Memory {
  readonly limitBytes: number;
  readonly isLimited: boolean;
  readonly #processes = new Set<ProcessMemory>();
  readonly #queuedBytes: () => number;
  /** Says which process was killed for want of memory. */
  readonly #told: (line: string) => void;

  constructor(limitMiB: number | undefined, queuedBytes: () => number, told: (line: string) => void) {
    this.limitBytes = (limitMiB ?? MEMORY_MIB_DEFAULT) * MIB;
    this.isLimited = limitMiB !== undefined;
    this.#queuedBytes = queuedBytes;
    this.#told = told;
  }

  add(pid: number, kill: (why: string) => void): ProcessMemory {
    const process = new ProcessMemory(this, pid, kill);
    this.#processes.add(process);
    return process;
  }

  remove(process: ProcessMemory): void {
    this.#processes.delete(process);
  }

  get usedBytes(): number {
    let sum = this.#queuedBytes();
    for (const process of this.#processes) sum += process.usedBytes;
    return sum;
  }

  get freeBytes(): number {
    return Math.max(0, this.limitBytes - this.usedBytes);
  }

  get #isOver(): boolean {
    if (this.isLimited) return this.usedBytes > this.limitBytes;
    for (const { bufferBytes } of this.#processes) if (bufferBytes > this.limitBytes) return true;
    return false;
  }

  /** Kills the largest processes until the rest fits. */
  fit(): void {
    while (this.#isOver) {
      const [largest] = [...this.#processes].sort((a, b) => b.usedBytes - a.usedBytes || a.pid - b.pid);
      if (largest === undefined) return;
      this.#processes.delete(largest);
      const mib = (bytes: number): string => `${Math.ceil(bytes / MIB)} MiB`;
      this.#told(
        `Out of memory: Killed process ${largest.pid} (node) with ${mib(largest.usedBytes)}; the machine has ${mib(this.limitBytes)}`,
      );
      largest.kill(`killed for want of memory: it had ${mib(largest.usedBytes)} of ${mib(this.limitBytes)}`);
    }
  }
}

export class ProcessMemory {
  readonly pid: number;
  readonly kill: (why: string) => void;
  bufferBytes = 0;
  readonly #memory: Memory;

  constructor(memory: Memory, pid: number, kill: (why: string) => void) {
    this.#memory = memory;
    this.pid = pid;
    this.kill = kill;
  }

  get usedBytes(): number {
    return PROCESS_BYTES + this.bufferBytes;
  }

  get limitBytes(): number {
    return this.#memory.limitBytes;
  }

  get freeBytes(): number {
    return this.#memory.freeBytes;
  }

  /** Counts a buffer that the program makes. */
  hold(bytes: number): void {
    if (bytes < LARGE_BUFFER_BYTES) return;
    this.bufferBytes += bytes;
    this.#memory.fit();
  }

  beginTurn(): void {
    if (!this.#memory.isLimited) this.bufferBytes = 0;
  }
}
