// What a process runs, as its event loop sees it, and how it may end. Types only: the machine knows nothing of Node.
// Implemented by node/program.ts; called by process.ts and event-loop.ts.

/** What runs in a process. All calls but `load` come from its turns. */
export interface Program {
  /** A turn begins. */
  begin(): void;
  /** The program has had its turn: what follows is the engine's. */
  leave(): void;
  /** First turn: evaluates the main module. */
  start(): void;
  /** Runs due timers; true when it stopped early and must be called again after promise jobs ran. */
  runTimers(): boolean;
  /** Runs one pending immediate; true while the round that was pending when it began is not over. */
  runImmediate(): boolean;
  hasImmediates(): boolean;
  /** Runs ticks and rejections that promise jobs left; true when any program code ran. */
  runTicks(): boolean;
  /** Nothing is left to wait for: the last chance to go on. */
  beforeExit(): void;
  /** Emits `exit` when the process ends by itself; gives the exit code. */
  exit(): number;
  /** The engine's own code failed in a turn of it: true where that was the program's doing, which then ends. */
  isToBlame(error: unknown): boolean;
  /** True when a timer or an immediate keeps the process alive. */
  isWaiting(): boolean;
}

/** How a process came to its end. `code` is null for a signal. */
export interface ProcessEnd {
  readonly code: number | null;
  /** Such as `SIGKILL`. */
  readonly signal: string | null;
  readonly why: string;
}
