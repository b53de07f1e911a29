// spawnSync() and its kin: the process waits within its turn until the child has ended and its output is read. The rest
// of the run waits too (../../nested.ts). Refuses a child that cannot end before others go on. Called by registry.ts.
import { type PipeEnd, pipePair } from '../../machine/pipe.ts';
import type { ProcessEnd } from '../../machine/process.ts';
import { SIGKILL, SIGTERM } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';
import type { Stdio } from '../realm-host.ts';
import { refusedError } from '../refused.ts';
import { type AskedStdio, environmentFor, isForeign, stdioFor, wordsOf } from './child-words.ts';
import { commandLine } from './command-line.ts';

interface Asked {
  readonly file: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly envPairs?: readonly string[];
  readonly stdio: readonly AskedStdio[];
  readonly uid?: unknown;
  readonly gid?: unknown;
  readonly timeout?: number | null;
  readonly maxBuffer?: number | null;
  readonly killSignal?: number | null;
}

type Outside = (task: () => void) => void;

/** A pipe into one that others read: they do when the time has come. */
function through(into: PipeEnd, outside: Outside): Stdio {
  const [ours, theirs] = pipePair();
  ours.wake = () => {
    const bytes = ours.read(Number.POSITIVE_INFINITY);
    if (bytes !== null) outside(() => into.write(bytes, null, true));
  };
  return { kind: 'pipe', end: theirs };
}

/** One child, from its start to the result that the library takes. */
class Waiting {
  readonly #realm: Realm;
  readonly #asked: Asked;
  /** By the file's number; null for what is no pipe. */
  readonly #pipes: { readonly end: PipeEnd; readonly read: Uint8Array[] }[] = [];
  #bytes = 0;
  #error: string | null = null;
  #end: ProcessEnd | null = null;
  #pid = 0;

  constructor(realm: Realm, asked: Asked) {
    this.#realm = realm;
    this.#asked = asked;
  }

  run(): object {
    const { machine, process } = this.#realm;
    const { file, args, uid, gid } = this.#asked;
    const words = wordsOf(file, (args ?? [file]).map(String));
    if (isForeign(uid) || isForeign(gid)) return this.#failed('EPERM');
    if (words === null) return this.#failed('ENOENT');
    const { endNs, refused } = machine.wait({
      atNs: process.nowNs,
      begin: (outside) => this.#begin(words, outside),
      isDone: () => this.#isDone,
    });
    process.sleep(endNs - process.nowNs);
    if (refused !== null) this.#refuse(refused);
    return this.#result();
  }

  get #isDone(): boolean {
    if (this.#pid === 0) return true;
    if (this.#end === null) return false;
    return this.#error !== null || this.#pipes.every((pipe) => pipe?.end.ended !== false);
  }

  #begin(words: readonly string[], outside: Outside): void {
    const { machine, process, workingDirectory } = this.#realm;
    const { cwd, envPairs, stdio, timeout } = this.#asked;
    const pid = machine.spawn({
      parent: process,
      ...commandLine(words.slice(1)),
      argv0: words[0],
      environment: environmentFor(this.#realm, envPairs),
      workingDirectory: cwd ?? workingDirectory,
      stdio: stdio.map((each, fd) => this.#stdio(each, fd, outside)),
      ended: (end) => {
        this.#end = end;
      },
    });
    if (pid === 'EAGAIN') {
      this.#error = pid;
      return;
    }
    this.#pid = pid;
    if (timeout) machine.later(timeout * 1e6, () => this.#kill('ETIMEDOUT'));
  }

  #stdio(asked: AskedStdio, fd: number, outside: Outside): Stdio {
    const own = this.#realm.options.stdio?.[asked.fd ?? fd];
    if (own?.kind === 'pipe' && fd > 0 && (asked.type === 'inherit' || asked.type === 'fd'))
      return through(own.end, outside);
    return stdioFor(this.#realm, asked, fd, (end) => {
      const read: Uint8Array[] = [];
      this.#pipes[fd] = { end, read };
      end.wake = () => this.#read(end, read);
      if (fd === 0 || asked.input !== undefined) {
        if (asked.input !== undefined) end.write(asked.input, null, true);
        end.shutdown();
      }
    });
  }

  #read(end: PipeEnd, into: Uint8Array[]): void {
    if (this.#error !== null) return;
    for (let bytes = end.read(65_536); bytes !== null; bytes = end.read(65_536)) {
      into.push(bytes);
      this.#bytes += bytes.length;
    }
    const { maxBuffer } = this.#asked;
    if (maxBuffer && this.#bytes > maxBuffer) this.#kill('ENOBUFS');
  }

  /** Ends the child with the signal that was asked for; its output is not waited for. */
  #kill(why: string): void {
    if (this.#end !== null || this.#error !== null) return;
    this.#error = why;
    const { machine } = this.#realm;
    machine.signal(this.#pid, this.#asked.killSignal || SIGTERM);
  }

  #refuse(what: string): never {
    const { machine } = this.#realm;
    for (const pipe of this.#pipes) pipe?.end.close();
    machine.signal(this.#pid, SIGKILL);
    throw refusedError(`spawnSync() with a child that needs ${what}`);
  }

  #failed(code: string): object {
    return { pid: 0, status: null, signal: null, output: null, error: this.#realm.errno(code) };
  }

  #result(): object {
    if (this.#pid === 0) return this.#failed(this.#error ?? 'EAGAIN');
    const { Buffer } = this.#realm.requireBuiltin('buffer') as {
      Buffer: { concat(parts: readonly Uint8Array[]): Uint8Array };
    };
    const { code, signal } = this.#end ?? { code: null, signal: null };
    return {
      pid: this.#pid,
      status: signal === null ? code : null,
      signal,
      output: this.#asked.stdio.map((each, fd) => {
        const isRead = each.type === 'pipe' && fd > 0;
        return isRead ? Buffer.concat(this.#pipes[fd]?.read ?? []) : null;
      }),
      ...(this.#error !== null && { error: this.#realm.errno(this.#error) }),
    };
  }
}

export const spawnSync = (realm: Realm): Binding => ({
  spawn: (asked: Asked) => new Waiting(realm, asked).run(),
});
