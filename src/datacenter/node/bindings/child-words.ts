// What a process asks of a child: the words of its command, its environment and its files. Anything but Node is not on
// the machine, and a shell is there only for a plain `node FILE ARGUMENTS` line. Called by process-wrap.ts and
// spawn-sync.ts.
import type { PipeEnd } from '../../machine/pipe.ts';
import { pipePair } from '../../machine/pipe.ts';
import type { Realm } from '../realm.ts';
import type { Stdio } from '../realm-host.ts';
import { shellWords } from './command-line.ts';

export interface AskedStdio {
  readonly type: 'pipe' | 'overlapped' | 'ignore' | 'inherit' | 'fd' | 'wrap';
  readonly handle?: unknown;
  readonly fd?: number;
  /** Of spawnSync(): what the child reads. */
  readonly input?: Uint8Array;
}

const NODES = new Set(['node', '/usr/bin/node', '/usr/bin/env']);
const SHELLS = new Set(['/bin/sh', 'sh']);
/** User and group of every process. */
const OWN_ID = 1000;

/** Only root may become somebody else. */
export const isForeign = (id: unknown): boolean => id !== undefined && id !== null && id !== OWN_ID;

/** What is to be run, Node first; null where there is no such program on the machine. */
export function wordsOf(file: string, parameters: readonly string[]): readonly string[] | null {
  if (SHELLS.has(file) && parameters[1] === '-c') {
    const words = shellWords(parameters[2] ?? '');
    return words !== null && NODES.has(words[0] ?? '') ? words : null;
  }
  if (!NODES.has(file)) return null;
  return file === '/usr/bin/env' ? wordsOf(parameters[1] ?? '', parameters.slice(1)) : parameters;
}

export function environmentFor(realm: Realm, pairs: readonly string[] | undefined): Record<string, string> {
  if (pairs === undefined) return { ...(realm.processObject['env'] as Record<string, string>) };
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=', 1);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** A file of the child; `adopt` takes the parent's end where it is a new pipe. */
export function stdioFor(realm: Realm, asked: AskedStdio, fd: number, adopt: (ours: PipeEnd) => void): Stdio {
  if (asked.type === 'pipe' || asked.type === 'overlapped') {
    const [ours, theirs] = pipePair();
    adopt(ours);
    return { kind: 'pipe', end: theirs };
  }
  if (asked.type === 'ignore') return { kind: 'nothing' };
  const from = asked.fd ?? fd;
  const own = realm.options.stdio?.[from];
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
