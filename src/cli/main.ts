// Dispatches `brownout COMMAND …` and turns failures into one line each. Called by brownout.mjs, or run by the
// pinned Node. Exit code 2: asked wrongly. 1: it failed. Else the command's own.
import { resolve } from 'node:path';
import { RunProblem } from '../runtime/runtime.ts';
import { bench } from './bench/bench.ts';
import { check } from './check.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { conformance } from './conformance/conformance.ts';
import { exec } from './exec.ts';
import { experiments } from './experiments.ts';
import { gift } from './gift.ts';
import { grade } from './grade/grade.ts';
import { key } from './key.ts';
import { lab } from './lab/lab.ts';
import { newCommand } from './new.ts';
import { packageCommand } from './package.ts';
import { run } from './run.ts';
import { take } from './take.ts';

const commands: Readonly<Record<string, Command>> = {
  exec,
  run,
  check,
  new: newCommand,
  grade,
  key,
  experiments,
  lab,
  take,
  gift,
  package: packageCommand,
  bench,
  conformance,
};
const CODE_AFTER_SIGPIPE = 141;
const root = resolve(import.meta.dirname, '../..');

const help = `Usage: brownout COMMAND [OPTIONS]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(13)}${summary}`)
  .join('\n')}

\`brownout COMMAND --help\` says more.
`;

/** The exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const terminal: Terminal = {
    folder: folderOfCaller(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
  // Whoever read our output has gone, as `head` does: end as other programs do then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(CODE_AFTER_SIGPIPE);
  });
  // What reads the repository's own files expects to stand in it.
  process.chdir(root);
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`brownout: ${error.message}\n`);
      return 2;
    }
    if (error instanceof RunProblem) {
      terminal.err(`brownout: ${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(help);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (command === undefined)
    throw new UsageError(
      `a command (${Object.keys(commands).join(', ')})`,
      `'${name}'`,
      'see `brownout --help`',
    );
  if (rest[0] === '--help' || rest[0] === '-h') {
    terminal.out(command.help);
    return 0;
  }
  return command.run(rest, terminal);
}

/** npm runs scripts in the repository's root and says in INIT_CWD where the person stands. */
function folderOfCaller(): string {
  const isNpmScript = process.env['npm_lifecycle_event'] !== undefined;
  return (isNpmScript ? process.env['INIT_CWD'] : undefined) ?? process.cwd();
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
