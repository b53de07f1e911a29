// The commands that the cache understands, by name, and how one is run: name, number of words, then the work itself.
// Errors are worded as Redis words them. The work is in commands-keys.ts, commands-set.ts and commands-server.ts.
// Never throws for what a client sends. Called by connection.ts.
import { type Command, type Session, wrongArity } from './command.ts';
import { keyCommands } from './commands-keys.ts';
import { serverCommands } from './commands-server.ts';
import { setCommands } from './commands-set.ts';
import { error, type Reply } from './reply.ts';
import type { Store } from './store.ts';

export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ ...keyCommands, ...setCommands, ...serverCommands(() => commands) }),
);

/** Runs one command, at least one word. Undefined: no reply at all. */
export function execute(words: readonly string[], store: Store, session: Session): Reply | undefined {
  const [name = ''] = words;
  const command = commands.get(name.toLowerCase());
  if (command === undefined) return error(unknown(words));
  const { arity } = command;
  if (arity >= 0 ? words.length !== arity : words.length < -arity) return wrongArity(name);
  return command.run(words, store, session);
}

/** Names the first words, and stops at 128 characters of them. */
function unknown(words: readonly string[]): string {
  const [name = '', ...rest] = words;
  let args = '';
  for (const word of rest) {
    if (args.length >= 128) break;
    args += `'${word.slice(0, 128 - args.length)}' `;
  }
  return `ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${args}`;
}
