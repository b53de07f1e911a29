// The runtime's side of the data center's protocol: sends commands, matches replies, and notices a thread that
// no longer answers. Used by both data center runtimes, in the page and in Node.
import type { Complaint } from '../datacenter/contract.ts';
import type { BatchMessage, Command, Part, Reply } from '../datacenter/worker/protocol.ts';
import { readReply } from './messages.ts';
import { RunProblem } from './runtime.ts';
import { SILENCE_MS_MAX, Silence, START_SILENCE_MS_MAX, type Watch } from './silence.ts';

/** A command without its call number. */
export type Order = Command extends infer C ? (C extends Command ? Omit<C, 'call'> : never) : never;

/** The thread must begin again with these parts: runs repeat, so nothing is lost. */
export class Incomplete extends Error {
  readonly needs: readonly Part[];

  constructor(needs: readonly Part[]) {
    super(`the run needs ${needs.join(' and ')}`);
    this.needs = needs;
  }
}

export interface Thread {
  readonly post: (command: Command) => void;
  /** Ends the thread, whatever it is doing. */
  readonly destroy: () => void;
}

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

export class Calls {
  readonly #thread: Thread;
  readonly #silence: Silence | null;
  readonly #pending = new Map<number, Pending>();
  #nextCall = 1;
  #dead: Error | null = null;

  constructor(thread: Thread, watch: Watch | null) {
    this.#thread = thread;
    this.#silence =
      watch === null ? null : new Silence(watch, (silentMs) => this.end(new RunProblem(hung(silentMs))));
  }

  /** Sends an order; the batch that answers it, or null for orders that only finish. */
  async send(order: Order): Promise<BatchMessage | null> {
    const reply = await this.#reply(order);
    return reply.kind === 'batch' ? reply.batch : null;
  }

  /** The packets recorded so far, as a pcapng file. */
  async capture(): Promise<Uint8Array> {
    const reply = await this.#reply({ kind: 'capture' });
    if (reply.kind !== 'capture') throw new RunProblem(internal(`an answer of kind ${reply.kind}`));
    return reply.bytes;
  }

  async #reply(order: Order): Promise<Reply> {
    if (this.#dead !== null) throw this.#dead;
    const call = this.#nextCall++;
    const starts = order.kind === 'load' || order.kind === 'boot';
    const reply = await new Promise<Reply>((resolve, reject) => {
      this.#pending.set(call, { resolve, reject });
      this.#silence?.expect(starts ? START_SILENCE_MS_MAX : SILENCE_MS_MAX);
      this.#thread.post({ ...order, call } as Command);
    });
    if (reply.kind === 'refused') throw new RunProblem(reply.complaint);
    if (reply.kind === 'incomplete') throw new Incomplete(reply.needs);
    if (reply.kind === 'failed') throw new RunProblem(internal(reply.message));
    return reply;
  }

  /** True once the thread was ended. */
  get isDead(): boolean {
    return this.#dead !== null;
  }

  /** True while the thread owes an answer. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** A message came from the thread. */
  take(message: unknown): void {
    const reply = readReply(message);
    if (reply === null) {
      this.end(
        new RunProblem({
          expected: 'messages of the data center',
          found: 'a message that is none: the run was ended',
          fix: "run again; if the program is a stranger's, read it first",
        }),
      );
      return;
    }
    if (reply.kind !== 'alive') {
      const pending = this.#pending.get(reply.call);
      this.#pending.delete(reply.call);
      pending?.resolve(reply);
    }
    this.#silence?.heard(this.isBusy);
  }

  /** Ends the thread; what waits is rejected. */
  end(error: Error): void {
    if (this.#dead !== null) return;
    this.#dead = error;
    this.#silence?.stop();
    this.#thread.destroy();
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

function hung(ms: number): Complaint {
  return {
    expected: 'a program that waits now and then',
    found: `no sign of life for ${ms / 1000} s: the run was ended`,
    fix: 'look for a loop or a pattern that never ends in what you changed last, and run again',
  };
}

function internal(message: string): Complaint {
  return {
    expected: 'the data center to go on',
    found: message,
    fix: 'run again; if it happens again, it is a bug of ours: please report it',
  };
}
