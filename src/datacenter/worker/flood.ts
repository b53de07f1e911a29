// Ends a run that drowns the page: more events or text for one command than a page can take, or turn after turn
// without time passing. Counts only what the run itself decides, so that equal runs end equally.
// Called by guest.ts once a turn.
import type { Complaint, TraceEvent } from '../contract.ts';
import type { Run } from '../datacenter.ts';

export const EVENTS_IN_A_COMMAND_MAX = 1_000_000;
/** Characters of logs. */
export const CHARACTERS_IN_A_COMMAND_MAX = 32_000_000;
export const TURNS_AT_A_MOMENT_MAX = 500_000;
/** How many turns pass between two counts of what was printed. */
const TURNS_BETWEEN_COUNTS = 16;

export class FloodWatch {
  readonly #run: Run;
  #events: TraceEvent[] = [];
  #characters = 0;
  #turns = 0;
  #turnsNow = 0;
  #nowNs = -1;
  #complaint: Complaint | null = null;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Why the run was ended, if it was. */
  get complaint(): Complaint | null {
    return this.#complaint;
  }

  /** A program ran. Stops the run where it is too much. */
  turn(): void {
    const { nowNs } = this.#run;
    this.#turnsNow = nowNs === this.#nowNs ? this.#turnsNow + 1 : 0;
    this.#nowNs = nowNs;
    if (this.#turnsNow > TURNS_AT_A_MOMENT_MAX) {
      const turns = TURNS_AT_A_MOMENT_MAX.toLocaleString('en-US');
      this.#stop(
        'programs that let time pass',
        `${turns} turns at one moment`,
        'wait with a timer (setTimeout)',
      );
    }
  }

  /** A turn of a program is over, and what it changed of JavaScript's own put back. */
  settled(): void {
    this.#turns++;
    if (this.#turns % TURNS_BETWEEN_COUNTS === 0) this.#count();
  }

  /** All events since the last call, for the answer to a command. */
  take(): TraceEvent[] {
    this.#count();
    const events = this.#events;
    this.#events = [];
    this.#characters = 0;
    return events;
  }

  #count(): void {
    for (const event of this.#run.takeEvents()) {
      if (event.kind === 'log') this.#characters += event.text.length;
      this.#events.push(event);
    }
    const events = this.#events.length;
    if (events <= EVENTS_IN_A_COMMAND_MAX && this.#characters <= CHARACTERS_IN_A_COMMAND_MAX) return;
    const found =
      events > EVENTS_IN_A_COMMAND_MAX
        ? `${EVENTS_IN_A_COMMAND_MAX.toLocaleString('en-US')} events`
        : `${CHARACTERS_IN_A_COMMAND_MAX.toLocaleString('en-US')} printed characters`;
    this.#stop('a run that a page can show', `more than ${found} at once`, 'print, publish and send less');
  }

  #stop(expected: string, found: string, fix: string): void {
    this.#events = [];
    this.#complaint ??= { expected, found, fix: `${fix} in what you changed last, and run again` };
    this.#run.stop();
  }
}
