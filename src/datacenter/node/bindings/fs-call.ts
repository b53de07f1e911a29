// Node's three ways of calling the file system: at once, through a callback request, or as a promise. Calls that
// are not waited for share four threads, as libuv's pool does. Makes Node's errors of the disk's.
// Called by the fs bindings.
import { DiskError } from '../../machine/disk-error.ts';
import type { Realm } from '../realm.ts';
import { newPromise } from '../realm-jobs.ts';
import { AsyncWrap } from './async-wrap.ts';
import { perThreadSymbol } from './plain.ts';

/** Handing a call to a thread of libuv's pool and hearing back from it. */
const HANDOVER_NS = 15_000;
/** libuv's default, UV_THREADPOOL_SIZE. */
const POOL_THREADS = 4;

interface FileRequest extends AsyncWrap {
  oncomplete(error: unknown, value?: unknown): void;
}

/** What a call is named in errors, and the paths that they tell. */
export interface About {
  readonly syscall: string;
  readonly path?: unknown;
  readonly dest?: unknown;
  /** What the call takes; by default that of a call that finds its pages in memory. */
  readonly costNs?: () => number;
}

/** Runs `run` as `req` asks. */
export type Call = (req: unknown, about: About, run: () => unknown) => unknown;

/** An error as Node's native side makes it for a failed call. */
export function fileError(realm: Realm, code: string, about: About): Error {
  const errno = realm.errno(code);
  const getMessage = realm.internalBinding('uv')['getErrorMessage'] as (errno: number) => string;
  const { syscall } = about;
  const path = about.path === undefined ? undefined : textOf(about.path);
  const dest = about.dest === undefined ? undefined : textOf(about.dest);
  const where = `${path === undefined ? '' : ` '${path}'`}${dest === undefined ? '' : ` -> '${dest}'`}`;
  const error = new Error(`${code}: ${getMessage(errno)}, ${syscall}${where}`);
  return Object.assign(
    error,
    { errno, code, syscall },
    path === undefined ? {} : { path },
    dest === undefined ? {} : { dest },
  );
}

function textOf(path: unknown): string {
  return path instanceof Uint8Array ? new TextDecoder().decode(path) : String(path);
}

export function caller(realm: Realm): Call {
  const usePromises = perThreadSymbol('fs_use_promises_symbol');
  const { process } = realm;
  const { faults } = realm.machine.disk;
  const pool = new Array<number>(POOL_THREADS).fill(0);
  const attempt = (about: About, run: () => unknown): unknown => {
    if (process.isEnding) throw new Error('the process has ended');
    try {
      return run();
    } catch (error) {
      throw error instanceof DiskError ? fileError(realm, error.code, about) : error;
    }
  };
  const later = (costNs: number, task: () => void): void => {
    const thread = pool.indexOf(Math.min(...pool));
    const startNs = Math.max(process.nowNs, pool[thread] ?? 0);
    pool[thread] = startNs + costNs + HANDOVER_NS;
    process.references++;
    process.after(startNs + costNs + HANDOVER_NS - process.nowNs, () => {
      process.references--;
      task();
    });
  };
  return (req, about, run) => {
    const costNs = Math.round(about.costNs?.() ?? faults.callNs());
    if (req === undefined) {
      process.compute(costNs);
      return attempt(about, run);
    }
    if (req === usePromises) {
      return newPromise(realm, (resolve, reject) => {
        const request = new AsyncWrap(realm, 'FSREQPROMISE');
        const settle = (): void => {
          try {
            resolve(attempt(about, run));
          } catch (error) {
            reject(error);
          }
        };
        realm.requests.set(request, 'FSReqPromise');
        later(costNs, () => {
          realm.requests.delete(request);
          realm.makeCallback(request, settle);
          AsyncWrap.ended(request);
        });
      });
    }
    const request = req as FileRequest;
    realm.requests.set(request, 'FSReqCallback');
    later(costNs, () => {
      let outcome: readonly unknown[];
      try {
        const value = attempt(about, run);
        outcome = value === undefined ? [null] : [null, value];
      } catch (error) {
        outcome = [error];
      }
      realm.requests.delete(request);
      realm.makeCallback(request, request.oncomplete, ...outcome);
    });
    return undefined;
  };
}

/** The mode of access() and copyFile(): three bits, or none; throws Node's own error for anything else. */
export function validMode(mode: unknown): number {
  if (mode === undefined || mode === null) return 0;
  if (typeof mode !== 'number') {
    const message = 'mode must be int32 or null/undefined';
    throw Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  const bits = Math.trunc(mode);
  if (bits >= 0 && bits <= 7) return bits;
  const message = `mode is out of range${Number.isNaN(bits) ? '' : ': >= 0 && <= 7'}`;
  throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
}

/** Throws Node's own error for what can be no descriptor, as its native side does. */
export function validFd(realm: Realm, fd: unknown): void {
  const { getValidatedFd } = realm.requireBuiltin('internal/fs/utils') as {
    getValidatedFd: (fd: unknown) => number;
  };
  getValidatedFd(fd);
}
