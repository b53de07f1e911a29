// Kills a stopped process when this one is gone: a stopped process cannot notice that by itself, and would lie about
// for ever with its ports. A shell that waits for the end of its input, which the system closes for us even after
// kill -9. For systems that have signals, and so a shell. Made by machine.ts for as long as a process is stopped.
import { type ChildProcess, spawn } from 'node:child_process';

export class Warden {
  readonly #shell: ChildProcess;

  constructor(pid: number) {
    // A line says that the process may live; the end of the input without one, that nobody is left to say so.
    this.#shell = spawn('sh', ['-c', `read -r line || kill -9 ${pid}`], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.#shell.on('error', () => {});
    this.#shell.stdin?.on('error', () => {});
    this.#shell.unref();
  }

  dismiss(): void {
    this.#shell.stdin?.end('done\n');
  }
}
