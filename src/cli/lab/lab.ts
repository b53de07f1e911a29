// `brownout lab`: a sandbox as real processes of this computer, with its cockpit in a page of this computer. Obeys what
// is typed, says what the machines say, and ends everything with itself. Refuses a port that is taken, before it starts
// anything. A piped input that ends leaves it running until a signal comes; a terminal's ends it. Called by main.ts.
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { inRepository } from '../../build/root.ts';
import { localRuntime } from '../../runtime/local.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { type Command, numberOption, readOptions, type Terminal, UsageError } from '../command.ts';
import { prepareEngine } from '../prepare.ts';
import { untilOver } from './end.ts';
import { Followed } from './followed.ts';
import { type LabPage, openPage, portTaken } from './page.ts';
import { Screen } from './screen.ts';
import { openSource, type Source } from './source.ts';
import { HELP, readTyped } from './words.ts';

const MACHINES_FIRST_PORT = 8080;
const HOST = '127.0.0.1';

const help = `Usage: brownout lab SANDBOX [OPTIONS]

Starts each machine of a sandbox as a real Node process, reachable on 127.0.0.1 alone, prints where and what to try,
and serves the lab's page, from which the same processes can be watched and broken. Type \`help\` while it runs.

  --dir DIR   runs DIR/SANDBOX, a folder as \`brownout take SANDBOX DIR\` writes it, in place of the course's files
  --port N    the page's port, and the machines' from N+1 on; with --no-page, the machines' from N on
  --no-page   no page: the terminal alone

Ctrl-C ends it, with all that it started; so does the end of a terminal's input. When a piped input ends, it goes on.
Exit code 0: ended by quit. 1: no such sandbox, or the run broke. 2: asked wrongly, or the port is taken.
`;

export const lab: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('lab', args, { dir: 'DIR', port: 'N', 'no-page': null });
    const [name, ...others] = asked.words;
    if (name === undefined || others.length > 0)
      throw new UsageError('one SANDBOX', asked.words.join(' ') || 'none', 'see `brownout lab --help`');
    const port = numberOption(asked, 'port', { least: 1, most: 65_000, whole: true });
    const dir = asked.options['dir']?.at(-1);
    const source = await openSource(name, dir === undefined ? undefined : resolve(terminal.folder, dir));
    prepareEngine();
    const page = asked.options['no-page'] === undefined ? await pageOf(name, port, terminal) : null;
    if (page === null && port !== undefined) await mustBeFree(port);
    const firstPort = port === undefined ? MACHINES_FIRST_PORT : page === null ? port : port + 1;
    try {
      return await watched(source, page, firstPort, terminal);
    } finally {
      page?.close();
    }
  },
};

async function watched(
  source: Source,
  page: LabPage | null,
  firstPort: number,
  terminal: Terminal,
): Promise<number> {
  const { machines } = source.spec.cluster;
  const output = { out: terminal.out, waiting: () => process.stdout.writableLength };
  const screen = new Screen(
    output,
    machines.map(({ name }) => name),
  );
  const end = untilOver();
  const local = await localRuntime({ firstPort }).boot(source.spec);
  const run = new Followed(local, source);
  try {
    introduce(screen, source, run, page);
    screen.show(local.first.events, 0);
    run.on(({ events, leftOut = 0 }) => screen.show(events, leftOut));
    page?.join(run);
    end.onLine((line) => void obey(line, source, run, screen, end.quit));
    return await Promise.race([end.code, run.follow()]);
  } finally {
    end.close();
    await run.stop();
  }
}

function introduce(screen: Screen, source: Source, run: Followed, page: LabPage | null): void {
  const { cluster, sandbox } = source.spec;
  screen.print(`${cluster.title}, each machine a real process of this computer\n`);
  list(screen, source, run);
  screen.print(`Files: ${source.folder} (edit one, then \`restart\` its machine)\n`);
  if (page !== null)
    screen.print(`Page:  http://localhost:${page.port}/embed/${sandbox}/#local=${page.token}\n`);
  const tries = source.tries.replaceAll(/\$\{([a-z0-9-]+:\d+)\}/g, (all, place) => run.places[place] ?? all);
  if (tries !== '') screen.print(`\nTry:\n${tries.trimEnd()}\n`);
  screen.print(`\n${HELP}\n\n`);
}

function list(screen: Screen, { spec }: Source, run: Followed): void {
  for (const { name, program, listens = {}, role } of spec.cluster.machines) {
    // Whoever reads this has a console of their own.
    if (role === 'console') continue;
    const at = Object.values(listens).map((port) => run.places[`${name}:${port}`] ?? '');
    const state = run.machines.find((machine) => machine.name === name)?.state ?? 'up';
    screen.say(name, [program, ...at, state === 'up' ? '' : `(${state})`].filter(Boolean).join('  '));
  }
}

async function obey(
  line: string,
  source: Source,
  run: Followed,
  screen: Screen,
  quit: () => void,
): Promise<void> {
  const typed = readTyped(line, source.spec.cluster.machines);
  if (typed.is === 'quit') quit();
  else if (typed.is === 'help') screen.print(`${HELP}\n`);
  else if (typed.is === 'list') list(screen, source, run);
  else if (typed.is === 'wrong') screen.print(`${new RunProblem(typed.complaint).message}\n`);
  else if (typed.is === 'deed')
    await run.act(typed.deed).catch((problem: unknown) => {
      if (!(problem instanceof RunProblem)) throw problem;
      screen.print(`${problem.message}\n`);
    });
}

/** Null where there is no page to show, which is said. */
async function pageOf(
  sandbox: string,
  port: number | undefined,
  terminal: Terminal,
): Promise<LabPage | null> {
  const root = inRepository('dist');
  if (existsSync(join(root, 'embed', sandbox, 'index.html'))) return openPage(root, port);
  terminal.out(
    `No page: expected dist/embed/${sandbox}/, found none: run \`npm run build\` for it. Without it:\n\n`,
  );
  return null;
}

async function mustBeFree(port: number): Promise<void> {
  await new Promise<void>((free, taken) => {
    const server = createServer();
    server.once('error', (error) => taken(portTaken(port, error)));
    server.listen(port, HOST, () => server.close(() => free()));
  });
}
