// Kills what machines have started when this process is gone, however it went: a process that is stopped, or never
// comes to rest, cannot notice that by itself, nor can children of a program. A shell that waits for the end of its
// input, which the system closes for us even after kill -9. Process groups only: a child that makes itself a group of
// its own (`detached`) lives on. For systems that have signals, and so a shell. Made by supervisor.ts.
import { type ChildProcess, spawn } from 'node:child_process';

/** Reads `+ GROUP` and `- GROUP`; at the end of its input it kills the groups that are left. */
const SCRIPT = `
all=
while read -r sign group; do
  rest=
  for each in $all; do [ "$each" = "$group" ] || rest="$rest $each"; done
  all=$rest
  [ "$sign" = + ] && all="$all $group"
done
for each in $all; do kill -s KILL -- "-$each"; done
`;

export class Warden {
  readonly #shell: ChildProcess;

  constructor() {
    this.#shell = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.on('error', () => {});
    this.#shell.stdin?.on('error', () => {});
    this.#shell.unref();
  }

  watch(group: number): void {
    this.#shell.stdin?.write(`+ ${group}\n`);
  }

  /** Has it kill what is left, and go. */
  end(): void {
    this.#shell.stdin?.end();
  }

  forget(group: number): void {
    this.#shell.stdin?.write(`- ${group}\n`);
  }
}
