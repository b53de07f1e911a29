// What `brownout lab` prints: a line for each log line, state and deed, by machine name. Control characters of programs
// are not passed on. When the terminal takes no more, lines are left out and counted, not kept. Called by lab.ts.
import type { Deed, TraceEvent } from '../../datacenter/contract.ts';

/** More than so many characters wait for the terminal, and lines are left out until half of them are gone. */
const WAITING_MAX = 1_000_000;

export interface Output {
  readonly out: (text: string) => void;
  /** Characters that were printed and not yet taken. */
  readonly waiting: () => number;
}

export class Screen {
  readonly #output: Output;
  readonly #width: number;
  #leftOut = 0;
  #isFull = false;

  constructor(output: Output, names: readonly string[]) {
    this.#output = output;
    this.#width = Math.max(...names.map((name) => name.length));
  }

  /** Text of our own, with its line ends. */
  print(text: string): void {
    this.#output.out(text);
  }

  say(name: string, text: string): void {
    if (!this.#hasRoom()) this.#leftOut += 1;
    else this.print(`${name.padEnd(this.#width)} | ${text.replace(/(?!\t)\p{Cc}/gu, '·')}\n`);
  }

  /** To be called also when nothing has happened: it says then what was left out before. */
  show(events: readonly TraceEvent[], leftOut: number): void {
    this.#hasRoom();
    if (leftOut > 0)
      this.print(`(${leftOut} lines or packets left out: more came at once than can be followed)\n`);
    for (const event of events) {
      if (event.kind === 'log') this.say(event.machine, event.text.replace(/\r?\n$/, ''));
      else if (event.kind === 'machine') this.#state(event.machine, event.state, event.why);
      else if (event.kind === 'action') this.#action(event.action);
    }
  }

  #hasRoom(): boolean {
    const waiting = this.#output.waiting();
    this.#isFull = waiting > (this.#isFull ? WAITING_MAX / 2 : WAITING_MAX);
    if (!this.#isFull && this.#leftOut > 0) {
      this.print(`(${this.#leftOut} lines left out: this terminal did not take them in time)\n`);
      this.#leftOut = 0;
    }
    return !this.#isFull;
  }

  #state(name: string, state: string, why: string): void {
    if (state === 'up') {
      if (why !== '') this.say(name, `(${why})`);
    } else if (state === 'frozen') this.say(name, `(frozen: ${why}; \`thaw ${name}\` lets it go on)`);
    else this.say(name, `(${why}; \`restart ${name}\` starts it again)`);
  }

  /** What is done to a machine shows in its state. */
  #action(deed: Deed): void {
    if (deed.do === 'edit') this.print(`(${deed.path} is taken over)\n`);
    if (!('from' in deed)) return;
    const { do: verb, from, to, oneWay, ...values } = deed;
    const { atNs: _, ...measures } = values as Readonly<Record<string, number>>;
    const numbers = Object.values(measures).map((value) => ` ${value}`);
    this.print(`(${verb} ${from} ${to}${numbers.join('')}${oneWay === true ? ' oneway' : ''})\n`);
  }
}
