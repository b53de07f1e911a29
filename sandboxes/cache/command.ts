// What a command is, what a connection remembers, and the errors that several commands share, in Redis's words.
// Does nothing itself. Used by commands.ts and the files that fill its table.
import { error, type Reply } from './reply.ts';
import type { Store } from './store.ts';

/** What a connection remembers. */
export interface Session {
  readonly id: number;
  protocol: 2 | 3;
  /** Nothing more is read, and the connection ends after the reply. */
  isOver: boolean;
}

export interface Command {
  /** Words with the name: exactly so many, or at least so many where it is negative. */
  readonly arity: number;
  readonly flags: readonly string[];
  /** Position of the first key, of the last (-1: the last word), and the step between them. Zeros: no keys. */
  readonly keys: readonly [first: number, last: number, step: number];
  /** Undefined: no reply at all. */
  run(words: readonly string[], store: Store, session: Session): Reply | undefined;
}

export type Commands = Readonly<Record<string, Command>>;

export const notAnInteger = error('ERR value is not an integer or out of range');
export const syntaxError = error('ERR syntax error');

export function wrongArity(name: string): { readonly error: string } {
  return error(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
}
