// child_process's native side: starts Node programs as processes of the same machine and hears of their end.
// Anything but Node is refused with ENOENT, as on a machine without it. Called by registry.ts.
import type { ProcessEnd } from '../../machine/process.ts';
import { signalName } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';
import type { Stdio } from '../realm-host.ts';
import { type AskedStdio, environmentFor, isForeign, stdioFor, wordsOf } from './child-words.ts';
import { commandLine } from './command-line.ts';
import { HandleWrap } from './handle-wrap.ts';
import { PipeHandle } from './pipe-handle.ts';

/** A process's files are closed so long before its parent gets SIGCHLD: the ends of its pipes are heard first. */
const REAP_NS = 200_000;
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
    if (more.slice(1, 3).some(isForeign)) return realm.errno('EPERM');
    const words = wordsOf(file, parameters ?? [file]);
    const files = stdio.map((asked, fd) =>
      stdioFor(realm, asked, fd, (ours) => {
        if (asked.handle instanceof PipeHandle) asked.handle.adopt(ours);
      }),
    );
    if (words === null) return this.#failed('ENOENT', files);
    const line = commandLine(words.slice(1));
    const pid = realm.machine.spawn({
      parent: realm.process,
      ...line,
      argv0: words[0],
      environment: environmentFor(realm, pairs),
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

  #ended(end: ProcessEnd): void {
    this.#hasEnded = true;
    this.realm.process.after(REAP_NS, () =>
      this.realm.makeCallback(this, this.onexit, end.code ?? 0, end.signal ?? ''),
    );
  }
}

export const processWrap = (realm: Realm): Binding => ({
  ...realm.library.data('process_wrap'),
  Process: class Process extends ProcessHandle {
    constructor() {
      super(realm, 'PROCESSWRAP');
    }
  },
});
