// How `brownout lab` is typed to, and how it comes to its end: `quit`, a signal, a terminal that closes, or whoever
// started this process being gone. A piped input that ends is no end. Called by lab.ts.
import { createInterface } from 'node:readline';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export interface End {
  /** The exit code, when it is time. */
  readonly code: Promise<number>;
  readonly quit: () => void;
  onLine(hear: (line: string) => void): void;
  /** Hears no more, and keeps the process alive no longer. */
  close(): void;
}

export function untilOver(): End {
  const { promise: code, resolve } = Promise.withResolvers<number>();
  const hears = Object.entries(SIGNALS).map(([signal, number]) => [signal, () => resolve(number)] as const);
  for (const [signal, hear] of hears) process.on(signal, hear);
  const left = (): void => resolve(SIGNALS.SIGHUP);
  // brownout.mjs, where this is a process under it.
  if (process.connected) process.once('disconnect', left);
  const { stdin } = process;
  const input = createInterface({ input: stdin });
  stdin.on('error', left);
  input.on('close', () => {
    if (stdin.isTTY) resolve(0);
  });
  return {
    code,
    quit: () => resolve(0),
    onLine: (hear) => void input.on('line', hear),
    close() {
      // Signals are still heard, and are nothing new: what was started is being ended.
      process.removeListener('disconnect', left);
      input.close();
      stdin.destroy();
    },
  };
}
