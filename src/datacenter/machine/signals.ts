// Linux's signals: their numbers, and what each does to a process that has no handler for it.
// Signals that would write a core file end the process like the others. Called by process.ts.

/** Numbers of the signals that end or stop a process, or are let go. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  16: 'SIGSTKFLT',
  17: 'SIGCHLD',
  18: 'SIGCONT',
  19: 'SIGSTOP',
  20: 'SIGTSTP',
  21: 'SIGTTIN',
  22: 'SIGTTOU',
  23: 'SIGURG',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  26: 'SIGVTALRM',
  27: 'SIGPROF',
  28: 'SIGWINCH',
  29: 'SIGIO',
  30: 'SIGPWR',
  31: 'SIGSYS',
};

export const SIGKILL = 9;
export const SIGTERM = 15;
export const SIGCONT = 18;
export const SIGSTOP = 19;

/** Node ignores SIGPIPE; the rest is let go by the kernel where there is no handler. */
const LET_GO: ReadonlySet<number> = new Set([10, 13, 17, 23, 28]);
const STOPS: ReadonlySet<number> = new Set([19, 20, 21, 22]);

export function signalName(number: number): string | undefined {
  return NAMES[number];
}

/** What a signal does to a process of Node that has no handler for it. SIGUSR1 would start its debugger. */
export function defaultOf(number: number): 'end' | 'stop' | 'go on' | 'nothing' {
  if (number === SIGCONT) return 'go on';
  if (STOPS.has(number)) return 'stop';
  return LET_GO.has(number) ? 'nothing' : 'end';
}
