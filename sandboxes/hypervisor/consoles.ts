// The consoles of the guests, as the world outside reaches them: a line is typed, and the guest's answer comes back.
// A line that a guest prints is an answer if it begins with `=`, to the oldest question; any other is only logged.
// Refuses to wait for a guest that has ended. Used by host.ts.
import type { Tenant } from './tenant.ts';

/** What became of a question: the answer without its `=`, or why there is none. */
export type Answer = { readonly text: string } | { readonly none: string };

const QUESTIONS_MAX = 64;
const LINE_MAX = 200;

export class Console {
  readonly #tenant: Tenant;
  readonly #log: (line: string) => void;
  readonly #later: (cycle: number, work: () => void) => void;
  readonly #waiting: ((answer: Answer) => void)[] = [];
  #line = '';
  /** The latest line printed. */
  last = '';

  /** `later` does something when the clock reaches a cycle: a slice is computed at once, and its end is yet to come. */
  constructor(tenant: Tenant, log: (line: string) => void, later: (cycle: number, work: () => void) => void) {
    this.#tenant = tenant;
    this.#log = log;
    this.#later = later;
    tenant.guest.devices.onByte = (byte) => this.#printed(byte);
  }

  /** Types a line by `type` and calls back once. */
  ask(line: string, type: (text: string) => void, answered: (answer: Answer) => void): void {
    const { verdict } = this.#tenant.guest;
    if (verdict) answered({ none: verdict.words });
    else if (this.#waiting.length >= QUESTIONS_MAX)
      answered({ none: `${QUESTIONS_MAX} questions are waiting` });
    else {
      this.#waiting.push(answered);
      type(`${line}\n`);
    }
  }

  /** The guest has ended: nobody else will answer. */
  hangUp(why: string): void {
    for (const answered of this.#waiting.splice(0)) answered({ none: why });
  }

  #printed(byte: number): void {
    const letter = String.fromCharCode(byte);
    if (letter !== '\n' && this.#line.length < LINE_MAX) this.#line += letter;
    if (letter !== '\n') return;
    const line = this.#line;
    this.#line = '';
    const answered = line.startsWith('=') ? this.#waiting.shift() : undefined;
    this.#later(this.#tenant.guest.devices.now, () => {
      this.last = line;
      if (answered) answered({ text: line.slice(1) });
      else this.#log(line);
    });
  }
}
