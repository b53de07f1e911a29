// `brownout take`: writes a sandbox as a folder of its own that runs by `node run.mjs` alone, as the lab's zip does.
// Refuses a folder that holds anything, and writes nothing then. Called by main.ts.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { takeawayOf } from '../build/sandbox-texts.ts';
import { withVersion } from '../runtime/takeaway.ts';
import { type Command, readOptions, UsageError } from './command.ts';

const help = `Usage: brownout take SANDBOX DIR

Writes the programs of a sandbox, what they share, and run.mjs into DIR, which is made where it is missing. There
\`node run.mjs\` runs every machine as a real Node process on 127.0.0.1: Node 22.18 or newer, and nothing else.

Exit code 1: no such sandbox. 2: asked wrongly, or DIR is not empty.
`;

export const take: Command = {
  help,
  async run(args, terminal) {
    const { words } = readOptions('take', args, {});
    const [sandbox, name, ...others] = words;
    if (sandbox === undefined || name === undefined || others.length > 0)
      throw new UsageError('SANDBOX and DIR', words.join(' ') || 'none', 'see `brownout take --help`');
    const files = withVersion(await takeawayOf(sandbox), {});
    const folder = resolve(terminal.folder, name);
    try {
      mustBeEmpty(folder);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
      }
    } catch (error) {
      if (!(error instanceof Error) || error instanceof UsageError) throw error;
      throw new UsageError('a DIR that can be written', error.message, 'name another folder');
    }
    terminal.out(`${Object.keys(files).length} files in ${folder}: run \`node run.mjs\` there\n`);
    return 0;
  },
};

function mustBeEmpty(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  const inside = found.isDirectory() ? readdirSync(folder) : null;
  if (inside?.length === 0) return;
  throw new UsageError(
    'DIR to be missing or empty',
    inside === null ? `a file, ${folder}` : `${inside.length} in ${folder}, such as ${inside[0]}`,
    'name another folder',
  );
}
