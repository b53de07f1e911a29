// `brownout exec`: runs any Node program in a data center of one machine, with its output and exit code.
// Plays flat out: virtual time passes as fast as the program's own work lets it.
// Called by main.ts.

import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, relative, resolve } from 'node:path';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import type { Batch, Running, RunSpec } from '../runtime/runtime.ts';
import {
  type Asked,
  type Command,
  numberOption,
  readOptions,
  seedRange,
  type Terminal,
  UsageError,
} from './command.ts';
import { FILES_MAX, folderTexts, MEGABYTES_MAX } from './folder.ts';
import { prepareEngine } from './prepare.ts';

const SECONDS_DEFAULT = 3600;
/** As the command `timeout` has it. */
const STILL_RUNNING = 124;
/** Host time that one slice of a run should take, so that output comes as it is made. */
const SLICE_MS = 30;

const help = `Usage: brownout exec [OPTIONS] FILE [ARGUMENTS]

Runs a Node program in a data center of one machine: Node's own library on a simulated machine, in virtual time,
flat out. FILE is .js, .mjs, .cjs, .ts or .mts. Its output comes as it is made; its exit code is the command's.

  --root DIR        folder that is copied to the machine's disk, at /srv/<its name>; the program starts there.
                    By default FILE's folder. At most ${FILES_MAX.toLocaleString('en-US')} files and ${MEGABYTES_MAX} MB; .git and linked folders are left out
  --for SECONDS     end after so much virtual time (default ${SECONDS_DEFAULT})
  --seed N          seed of the machine's chance (default 1): equal seeds, equal runs
  --env NAME=VALUE  a variable of the program's environment; may be given again. The host's are not passed on

Exit code ${STILL_RUNNING}: the program had not ended when the time was up, or nothing was left that could wake it (it listens,
and nobody is there to connect). 1: it could not be started. 2: asked wrongly.

So far: the disk takes UTF-8 text only (other files are left out, which is said), and standard input is empty.
`;

export const exec: Command = {
  help,
  async run(args, terminal) {
    const known = { root: 'DIR', for: 'SECONDS', seed: 'N', env: 'NAME=VALUE' };
    const asked = readOptions('exec', args, known, true);
    const seconds = numberOption(asked, 'for', { least: 0, most: 1e6, whole: false }) ?? SECONDS_DEFAULT;
    const spec = specOf(asked, terminal);
    prepareEngine();
    const runtime = datacenterRuntime();
    try {
      const { run, first } = await runtime.boot(spec);
      return await play(run, first, seconds * 1e9, terminal);
    } finally {
      await runtime.close();
    }
  },
};

function specOf(asked: Asked, terminal: Terminal): RunSpec {
  const [word, ...programArguments] = asked.words;
  if (word === undefined) throw new UsageError('a FILE to run', 'none', 'see `brownout exec --help`');
  const file = resolve(terminal.folder, word);
  if (!existsSync(file)) throw new UsageError('a program', `nothing at ${file}`, 'correct the path');
  if (!statSync(file).isFile())
    throw new UsageError('a program', `the folder ${file}`, 'name a file in it, and the folder with --root');
  const given = asked.options['root']?.at(-1);
  const root = given === undefined ? dirname(file) : resolve(terminal.folder, given);
  if (!existsSync(root) || !statSync(root).isDirectory())
    throw new UsageError('a folder after --root', root, 'correct the path');
  const program = relative(root, file).replaceAll('\\', '/');
  if (program.startsWith('../'))
    throw new UsageError(`a FILE below ${root}`, file, 'correct FILE, or --root');
  const { texts, leftOut } = folderTexts(root);
  if (leftOut.length > 0) terminal.err(`brownout: left out, because they are no text: ${someOf(leftOut)}\n`);
  const sandbox = basename(root) || 'root';
  const env = Object.fromEntries((asked.options['env'] ?? []).map(variableOf));
  return {
    cluster: {
      name: 'exec',
      title: program,
      machines: [{ name: 'machine', program, arguments: programArguments, env }],
    },
    files: Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${sandbox}/${path}`, text])),
    sandbox,
    seed: numberOption(asked, 'seed', seedRange) ?? 1,
  };
}

function variableOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--env NAME=VALUE', `'${text}'`, 'correct it');
  return [text.slice(0, at), text.slice(at + 1)];
}

function someOf(paths: readonly string[]): string {
  const more = paths.length - 3;
  return `${paths.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Prints what the program prints until it ends; gives its exit code. */
async function play(run: Running, first: Batch, untilNs: number, terminal: Terminal): Promise<number> {
  let batch = first;
  let sliceNs = 1e6;
  for (;;) {
    const code = tell(batch, terminal);
    if (code !== null) return code;
    if (batch.idle) {
      terminal.err('brownout: the program waits, and nothing is left that could wake it\n');
      return STILL_RUNNING;
    }
    if (batch.nowNs >= untilNs) {
      terminal.err(`brownout: not ended after ${untilNs / 1e9} s of virtual time; --for allows more\n`);
      return STILL_RUNNING;
    }
    const began = performance.now();
    batch = await run.advanceTo(Math.min(untilNs, batch.nowNs + sliceNs));
    const tookMs = performance.now() - began;
    if (tookMs < SLICE_MS / 2) sliceNs *= 2;
    else if (tookMs > SLICE_MS * 2 && sliceNs > 1000) sliceNs = Math.floor(sliceNs / 2);
  }
}

/** Prints the batch's output; the exit code where the program ended in it. */
function tell(batch: Batch, terminal: Terminal): number | null {
  let code: number | null = null;
  for (const event of batch.events) {
    if (event.kind === 'log') (event.stream === 'stdout' ? terminal.out : terminal.err)(event.text);
    else if (event.kind === 'machine' && event.state !== 'up') code = event.code ?? signalCode(event.why);
  }
  return code;
}

/** What a shell reports of a program that a signal ended: 128 and the signal's number. */
function signalCode(why: string): number {
  const name = /\bSIG[A-Z0-9]+\b/.exec(why)?.[0] ?? 'SIGKILL';
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return 128 + (numbers[name] ?? constants.signals.SIGKILL);
}
