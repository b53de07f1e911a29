// What a process prints, on its way to the machine's log. Cuts a text that is too long, and stops a program that
// prints without end within one turn: the page would drown in it. Held by realm.ts; called by bindings/.
import type { Realm } from './realm.ts';
import { programFrame } from './stack.ts';
import { utf8Text } from './text.ts';

export const WRITES_IN_A_TURN_MAX = 10_000;
export const CHARACTERS_IN_A_TURN_MAX = 4_000_000;
const PIPED_BYTES_IN_A_TURN_MAX = 64_000_000;
export const TEXT_CHARACTERS_MAX = 100_000;

export class Output {
  readonly #realm: Realm;
  #writes = 0;
  #characters = 0;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  /** A new turn begins. */
  reset(): void {
    this.#writes = 0;
    this.#characters = 0;
  }

  /** Bytes as they are where they go into a pipe, else the text that they are. */
  write(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const { options, process, machine } = this.#realm;
    if (options.stdio?.[stream === 'stdout' ? 1 : 2]?.kind !== 'pipe') {
      this.print(stream, utf8Text(bytes));
      return;
    }
    if (process.isEnding) return;
    this.#count(bytes.length, PIPED_BYTES_IN_A_TURN_MAX);
    const own = bytes.slice();
    process.kernel(() => machine.print(stream, own));
  }

  /** Appears at the process's own time. Throws once the program has printed too much in this turn. */
  print(stream: 'stdout' | 'stderr', text: string): void {
    const { process, machine } = this.#realm;
    if (process.isEnding) return;
    this.#count(text.length, CHARACTERS_IN_A_TURN_MAX);
    const shown = text.length > TEXT_CHARACTERS_MAX ? cut(text) : text;
    process.kernel(() => machine.print(stream, shown));
  }

  #count(length: number, most: number): void {
    this.#writes++;
    this.#characters += length;
    if (this.#writes > WRITES_IN_A_TURN_MAX || this.#characters > most) this.#stop();
  }

  #stop(): never {
    // The library's own frames come first.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    const frame = programFrame(new Error('').stack ?? '');
    Error.stackTraceLimit = limit;
    const where =
      frame === undefined ? 'the program' : `${frame.scriptName.replace('file://', '')}:${frame.lineNumber}`;
    const what =
      this.#writes > WRITES_IN_A_TURN_MAX
        ? `${WRITES_IN_A_TURN_MAX.toLocaleString('en-US')} writes`
        : `${CHARACTERS_IN_A_TURN_MAX.toLocaleString('en-US')} characters`;
    const message = `${where}\nexpected a program that prints now and then, found more than ${what} in one turn: print less, or wait in between (await, setTimeout)`;
    this.#realm.machine.print('stderr', `${message}\n`);
    this.#realm.end({ code: null, signal: 'SIGKILL', why: `stopped at ${where}: it prints without end` });
    this.#realm.guard?.halt();
    throw new Error(message);
  }
}

function cut(text: string): string {
  const left = text.length - TEXT_CHARACTERS_MAX;
  return `${text.slice(0, TEXT_CHARACTERS_MAX)}… (${left.toLocaleString('en-US')} more characters were cut)\n`;
}
