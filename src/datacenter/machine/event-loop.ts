// The phases of a process's event loop, as libuv has them: timers, poll (completions), check (immediates),
// closing. Gives out one callback at a time; who runs it and when is process.ts's business.
import { Queue } from '../base/queue.ts';
import type { Program } from './program.ts';

type Task = () => void;
type Phase = 'timers' | 'poll' | 'check' | 'closing';

export class EventLoop {
  timersDue = false;
  /** What ran last was an immediate, and nothing has come in since the one before. */
  lastWasImmediate = false;
  readonly #ready = new Queue<Task>();
  readonly #closing = new Queue<Task>();
  /** What the last callback left to do, before anything else. */
  readonly #rest: Task[] = [];
  #phase: Phase = 'timers';
  /** Completions that were there when this poll phase began. */
  #pollLeft = 0;

  post(task: Task): void {
    this.#ready.push(task);
  }

  postClosing(task: Task): void {
    this.#closing.push(task);
  }

  goOn(task: Task): void {
    this.#rest.push(task);
  }

  clear(): void {
    this.#rest.length = 0;
    this.#ready.clear();
    this.#closing.clear();
    this.timersDue = false;
  }

  /** Immediates that are unref'ed are work only while something else keeps the loop alive. */
  hasWork(program: Program, isIdle: () => boolean): boolean {
    const waits = this.#ready.length > 0 || this.#closing.length > 0 || this.#rest.length > 0;
    if (waits || this.timersDue) return true;
    return program.hasImmediates() && !isIdle();
  }

  /** Runs one callback, from the phase that the loop has reached. There must be work. */
  runOne(program: Program): void {
    this.lastWasImmediate = false;
    try {
      this.#runNext(program);
    } catch (error) {
      if (!program.isToBlame(error)) throw error;
    }
  }

  #runNext(program: Program): void {
    const rest = this.#rest.shift();
    if (rest !== undefined) {
      rest();
      return;
    }
    for (;;) {
      switch (this.#phase) {
        case 'timers':
          if (this.timersDue) {
            this.timersDue = program.runTimers();
            return;
          }
          this.#phase = 'poll';
          this.#pollLeft = this.#ready.length;
          break;
        case 'poll':
          if (this.#pollLeft > 0) {
            this.#pollLeft--;
            this.#ready.shift()?.();
            return;
          }
          this.#phase = 'check';
          break;
        case 'check':
          if (program.hasImmediates()) {
            this.lastWasImmediate = true;
            if (!program.runImmediate()) this.#phase = 'closing';
            return;
          }
          this.#phase = 'closing';
          break;
        case 'closing': {
          const close = this.#closing.shift();
          if (close !== undefined) {
            close();
            return;
          }
          this.#phase = 'timers';
          break;
        }
      }
    }
  }
}
