// child_process's native side: starts Node programs as processes of the same machine and hears of their end.
// Anything but Node is refused with ENOENT, as on a machine without it. A shell is there only for a plain
// `node FILE ARGUMENTS` line; the synchronous forms are refused, by name. Called by registry.ts.
import { pipePair } from '../../machine/pipe.ts';
import type { ProcessEnd } from '../../machine/process.ts';
import { signalName } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';
import type { Stdio } from '../realm-host.ts';
import { commandLine, shellWords } from './command-line.ts';
import { HandleWrap } from './handle-wrap.ts';
import { PipeHandle } from './pipe-handle.ts';

interface AskedStdio {
  readonly type: 'pipe' | 'overlapped' | 'ignore' | 'inherit' | 'fd' | 'wrap';
  readonly handle?: unknown;
  readonly fd?: number;
}

/** A process's files are closed so long before its parent gets SIGCHLD: the ends of its pipes are heard first. */
const REAP_NS = 200_000;
/** User and group of every process. */
const OWN_ID = 1000;

const NODES = new Set(['node', '/usr/bin/node', '/usr/bin/env']);
const SHELLS = new Set(['/bin/sh', 'sh']);

class ProcessHandle extends HandleWrap {
  pid: number | undefined;
  onexit: ((code: number, signal: string) => void) | undefined;
  #hasEnded = false;

  spawn(
    file: string,
    parameters: readonly string[] | undefined,
    directory: string | undefined,
    pairs: readonly string[] | undefined,
    stdio: readonly AskedStdio[] = [],
    ...more: readonly unknown[]
  ): number {
    const { realm } = this;
    // Only root may become somebody else.
    if (more.slice(1, 3).some((id) => id !== undefined && id !== null && id !== OWN_ID))
      return realm.errno('EPERM');
    const words = wordsOf(file, parameters ?? [file]);
    const files = stdio.map((asked, fd) => this.#stdio(asked, fd));
    if (words === null) return this.#failed('ENOENT', files);
    const line = commandLine(words.slice(1));
    const environment =
      pairs === undefined ? { ...(realm.processObject['env'] as Record<string, string>) } : fromPairs(pairs);
    const pid = realm.machine.spawn({
      parent: realm.process,
      ...line,
      environment,
      workingDirectory: directory ?? realm.workingDirectory,
      stdio: files,
      ended: (end) => this.#ended(end),
    });
    if (pid === 'EAGAIN') return this.#failed(pid, files);
    this.pid = pid;
    this.activate();
    return 0;
  }

  kill(signal: number): number {
    if (this.#hasEnded || this.pid === undefined) return this.realm.errno('ESRCH');
    if (signal !== 0 && signalName(signal) === undefined) return this.realm.errno('EINVAL');
    const { machine, process } = this.realm;
    const { pid } = this;
    process.kernel(() => machine.signal(pid, signal));
    return 0;
  }

  /** Nothing was started: the pipes that it would have had come to their ends. */
  #failed(code: string, files: readonly Stdio[]): number {
    for (const each of files) if (each.kind === 'pipe') each.end.close();
    return this.realm.errno(code);
  }

  #stdio(asked: AskedStdio, fd: number): Stdio {
    if (asked.type === 'pipe' || asked.type === 'overlapped') {
      const [ours, theirs] = pipePair();
      if (asked.handle instanceof PipeHandle) asked.handle.adopt(ours);
      return { kind: 'pipe', end: theirs };
    }
    if (asked.type === 'ignore') return { kind: 'nothing' };
    const from = asked.fd ?? fd;
    const own = this.realm.options.stdio?.[from];
    if (own !== undefined) {
      if (own.kind === 'pipe') own.end.holders++;
      return own;
    }
    if (from === 1 || from === 2) return { kind: 'log', stream: from === 1 ? 'stdout' : 'stderr' };
    if (from === 0) return { kind: 'nothing' };
    throw new Error(
      `expected stdio of 'pipe', 'ignore', 'inherit' or 'ipc', found file ${from}: the data center gives children no open files`,
    );
  }

  #ended(end: ProcessEnd): void {
    this.#hasEnded = true;
    this.realm.process.after(REAP_NS, () =>
      this.realm.makeCallback(this, this.onexit, end.code ?? 0, end.signal ?? ''),
    );
  }
}

/** What is to be run, Node first; null where there is no such program on the machine. */
function wordsOf(file: string, parameters: readonly string[]): readonly string[] | null {
  if (SHELLS.has(file) && parameters[1] === '-c') {
    const words = shellWords(parameters[2] ?? '');
    return words !== null && NODES.has(words[0] ?? '') ? words : null;
  }
  if (!NODES.has(file)) return null;
  return file === '/usr/bin/env' ? wordsOf(parameters[1] ?? '', parameters.slice(1)) : parameters;
}

function fromPairs(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=', 1);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

export const processWrap = (realm: Realm): Binding => ({
  ...realm.library.data('process_wrap'),
  Process: class Process extends ProcessHandle {
    constructor() {
      super(realm, 'PROCESSWRAP');
    }
  },
});

export const spawnSync = (): Binding => ({
  spawn: () => {
    throw new Error(
      'expected spawn(), fork() or exec(), found spawnSync() or execSync(): a process of the data center cannot wait for another within one turn',
    );
  },
});
