// Dispatches `brownout COMMAND …` and turns failures into one line each. Called by brownout.mjs, or run by the
// pinned Node. Exit code 2: asked wrongly. 1: it failed. Else the command's own.
import { resolve } from 'node:path';
import { RunProblem } from '../runtime/runtime.ts';
import { type Command, type Terminal, UsageError } from './command.ts';

interface Listed {
  /** Half a line for the list. */
  readonly summary: string;
  /** Only the command that is asked for is loaded: together they take half a second. */
  readonly load: () => Promise<Command>;
}
const commands: Readonly<Record<string, Listed>> = {
  exec: {
    summary: 'runs any Node program in a data center of one machine',
    load: async () => (await import('./exec.ts')).exec,
  },
  run: {
    summary: 'plays a scenario of a sandbox and prints outcome and trace hash',
    load: async () => (await import('./run.ts')).run,
  },
  check: {
    summary: "runs an exercise's check on your files, or lists what is missing",
    load: async () => (await import('./check.ts')).check,
  },
  new: {
    summary: 'makes the folder of a new chapter, sandbox or exercise',
    load: async () => (await import('./new.ts')).newCommand,
  },
  grade: {
    summary: 'grades what students handed in for an assignment',
    load: async () => (await import('./grade/grade.ts')).grade,
  },
  key: {
    summary: 'writes what is right in graded questions, for whoever grades',
    load: async () => (await import('./key.ts')).key,
  },
  experiments: {
    summary: 'plays the experiments of the chapters and compares them with theory',
    load: async () => (await import('./experiments.ts')).experiments,
  },
  lab: {
    summary: 'runs a sandbox as real processes of this computer, with its page',
    load: async () => (await import('./lab/lab.ts')).lab,
  },
  take: {
    summary: 'writes a sandbox as a folder that runs with Node alone',
    load: async () => (await import('./take.ts')).take,
  },
  gift: {
    summary: "writes the chapters' quizzes for Moodle's question bank",
    load: async () => (await import('./gift.ts')).gift,
  },
  package: {
    summary: 'makes a package for a learning platform: SCORM or cmi5',
    load: async () => (await import('./package.ts')).packageCommand,
  },
  bench: {
    summary: 'measures boot, throughput and bytes beside real Node processes',
    load: async () => (await import('./bench/bench.ts')).bench,
  },
  conformance: {
    summary: "plays Node's own tests in the data center",
    load: async () => (await import('./conformance/conformance.ts')).conformance,
  },
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
  const listed = commands[name];
  if (listed === undefined)
    throw new UsageError(
      `a command (${Object.keys(commands).join(', ')})`,
      `'${name}'`,
      'see `brownout --help`',
    );
  const command = await listed.load();
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
