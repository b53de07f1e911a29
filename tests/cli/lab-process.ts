// `brownout lab` as a person has it before them: what it prints, line by line, and what is typed to it. Also traffic on a
// clock of its own, which goes on whatever becomes of the requests before. Holds no test.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ask } from '../sandboxes/processes.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Lab {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** The first line after those already waited for, or with `any` the first of all, that matches. */
  line(pattern: RegExp, any?: 'any'): Promise<RegExpExecArray>;
  type(text: string): void;
  /** The exit code, or the signal. */
  readonly ended: Promise<number | string>;
}

export function startLab(args: readonly string[]): Lab {
  const child = spawn(process.execPath, [join(root, 'src/cli/brownout.mjs'), 'lab', ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let more = Promise.withResolvers<void>();
  let isOver = false;
  const tell = (): void => {
    more.resolve();
    more = Promise.withResolvers();
  };
  const output = createInterface({ input: child.stdout });
  output.on('line', (text) => {
    lines.push(text);
    tell();
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    isOver = true;
    tell();
    return (code ?? signal) as number | string;
  });
  child.stdin.on('error', () => {});
  let looked = 0;
  return {
    child,
    lines,
    ended,
    type: (text) => void child.stdin.write(`${text}\n`),
    async line(pattern, any) {
      for (let at = any === undefined ? looked : 0; ; ) {
        for (; at < lines.length; at++) {
          const match = pattern.exec(lines[at] ?? '');
          if (match === null) continue;
          if (any === undefined) looked = at + 1;
          return match;
        }
        if (isOver) throw new Error(`expected ${pattern}, found:\n${lines.join('\n')}`);
        await more.promise;
      }
    },
  };
}

/** So many in a row, all free: the first. */
export async function freePorts(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

export interface Asked {
  readonly beganMs: number;
  readonly endedMs: number;
  /** 0 where nothing came. */
  readonly status: number;
  readonly by: string;
  readonly text: string;
}

/** One request each `everyMs`, without waiting for those before. `end` resolves with what became of each. */
export function traffic(port: number, everyMs: number): { readonly end: () => Promise<Asked[]> } {
  const asked: Promise<Asked>[] = [];
  const one = async (): Promise<Asked> => {
    const beganMs = performance.now();
    const answer = await ask(port, `/item?id=${asked.length}`).catch((error: NodeJS.ErrnoException) => ({
      status: 0,
      by: '',
      body: error.code ?? error.message,
    }));
    const { status, by, body } = answer;
    return { beganMs, endedMs: performance.now(), status, by, text: body.toString().trim() };
  };
  const timer = setInterval(() => asked.push(one()), everyMs);
  return {
    end() {
      clearInterval(timer);
      return Promise.all(asked);
    },
  };
}
