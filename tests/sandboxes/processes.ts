// Starts the sandbox's programs as real Node processes on ports that the system chooses, for local.test.ts.
// Waits for lines and connections, never for time. Ends only what it started.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
/** Programs need Node 24, the pinned one; the tests themselves may run on an older one. */
const node =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : `${root}/node_modules/.bin/node`;

export interface Program {
  readonly process: ChildProcess;
  /** Everything that it has printed, both streams, in order. */
  readonly lines: readonly string[];
  /** The first line, past or to come, that matches. Rejects, quoting what it printed, where the process ends first. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts `sandboxes/<path>` in its own folder, as a reader would. */
export function start(path: string, env: Record<string, string>): Program {
  const file = `${root}/sandboxes/${path}`;
  const child = spawn(node, [file], {
    cwd: resolve(file, '..'),
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of [...waiting]) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      tell();
    });
  }
  const ended = once(child, 'close');
  ended.then(tell, tell);

  return {
    process: child,
    lines,
    line: (pattern) =>
      new Promise((found, missing) => {
        const look = () => {
          const match = lines.map((line) => pattern.exec(line)).find((one) => one !== null);
          const over = child.exitCode !== null || child.signalCode !== null;
          if (!match && !over) return;
          waiting.delete(look);
          if (match) found(match);
          else missing(new Error(`expected ${path} to print ${pattern}, found:\n${lines.join('\n')}`));
        };
        waiting.add(look);
        look();
      }),
    async end(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

/** Port that a program printed: `… on port 41003`. */
export async function portOf(program: Program): Promise<number> {
  return Number((await program.line(/on port (\d+)/))[1]);
}

export interface Answer {
  readonly status: number;
  readonly by: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request on a connection of its own; rejects where the answer does not come whole. */
export function ask(
  port: number,
  path: string,
  options: RequestOptions = {},
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolveAnswer, reject) => {
    const agent = options.agent ?? new Agent();
    const outgoing = request({ host: '127.0.0.1', port, path, ...options, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolveAnswer({
          status: incoming.statusCode ?? 0,
          by: String(incoming.headers['x-served-by']),
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
