// A machine's memory, counted simply: what each process takes by itself, its large buffers, and what the kernel holds
// in queues. JavaScript's own objects cannot be seen and are not counted. Where it runs out, what the host has
// collected meanwhile is taken off; if that is not enough, the largest process is killed, as Linux's OOM killer does.
// Called by computer.ts, process.ts and the bindings.

/** What a Node process that does nothing takes. */
export const PROCESS_BYTES = 40 * 1024 * 1024;
/** Smaller buffers are taken to come and go. */
export const LARGE_BUFFER_BYTES = 64 * 1024;
export const MEMORY_MIB_DEFAULT = 1024;
const MIB = 1024 * 1024;

export class Memory {
  readonly limitBytes: number;
  readonly #processes = new Set<ProcessMemory>();
  readonly #queuedBytes: () => number;
  /** Says which process was killed for want of memory. */
  readonly #told: (line: string) => void;

  constructor(limitMiB: number, queuedBytes: () => number, told: (line: string) => void) {
    this.limitBytes = limitMiB * MIB;
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

  /** Kills the largest processes until the rest fits. */
  fit(): void {
    if (this.usedBytes <= this.limitBytes) return;
    for (const process of this.#processes) process.collect();
    while (this.usedBytes > this.limitBytes) {
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
  #freedBytes = 0;
  #registry: FinalizationRegistry<number> | null = null;

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

  /** Counts a large buffer that the program keeps, as far as is known, until memory runs out. */
  hold(bytes: number, holder: object): void {
    if (bytes < LARGE_BUFFER_BYTES) return;
    this.#registry ??= new FinalizationRegistry((freed) => {
      this.#freedBytes += freed;
    });
    this.#registry.register(holder, bytes);
    this.bufferBytes += bytes;
    this.#memory.fit();
  }

  /** Takes off what the host has collected. */
  collect(): void {
    this.bufferBytes -= this.#freedBytes;
    this.#freedBytes = 0;
  }
}
