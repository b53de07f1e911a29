// What the reader's machine `you` has shown: what was typed and what its programs wrote, as a terminal would have it.
// Made from the trace, so a replay shows the same. What is typed ahead appears when the prompt takes it, as with a
// shell that edits its own line. Bounded: the oldest goes first. Fed by model.ts, shown by console.tsx.
import { CONSOLE } from '../../runtime/console.ts';

export const prompt = `${CONSOLE}$ `;
export const interrupt = '\x03';
const charsMax = 200_000;

export class ConsoleLog {
  text = '';
  /** Characters that are no longer in `text`. */
  dropped = 0;
  /** Somebody has typed: the machine has been woken. */
  isAwake = false;
  readonly #waiting: string[] = [];

  /** All characters so far. */
  get length(): number {
    return this.dropped + this.text.length;
  }

  /** True when the shell waits for a line. */
  get isAtPrompt(): boolean {
    return this.text === '' || this.text.endsWith(prompt);
  }

  typed(text: string): void {
    this.isAwake = true;
    text.split(interrupt).forEach((part, index) => {
      if (index > 0) {
        this.#waiting.length = 0;
        this.#add(this.isAtPrompt ? '^C' : '^C\n');
      }
      this.#waiting.push(...part.split('\n').slice(0, -1));
    });
    this.#take();
  }

  wrote(text: string): void {
    this.#add(text);
    this.#take();
  }

  #take(): void {
    if (!this.text.endsWith(prompt)) return;
    const line = this.#waiting.shift();
    if (line !== undefined) this.#add(`${line}\n`);
  }

  #add(text: string): void {
    this.text += text;
    if (this.text.length <= charsMax) return;
    const middle = this.text.length - charsMax / 2;
    const cut = this.text.indexOf('\n', middle) + 1 || middle;
    this.dropped += cut;
    this.text = this.text.slice(cut);
  }
}
