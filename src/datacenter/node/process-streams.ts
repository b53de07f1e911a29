// stdin, stdout and stderr of a process. What is printed goes to the machine's log at once; input is at its end,
// unless another process writes it. Called by process-object.ts.
import type { PipeHandle } from './bindings/pipe-handle.ts';
import { pipedOutput } from './piped-output.ts';
import type { Callable, LibraryExports, Realm } from './realm.ts';

export function addStreams(realm: Realm, self: Record<string | symbol, unknown>): void {
  const lazily = (name: string, make: () => unknown): void => {
    let stream: unknown;
    Object.defineProperty(self, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        stream ??= make();
        return stream;
      },
    });
  };
  lazily('stdout', () => output(realm, 1));
  lazily('stdin', () => input(realm));
  lazily('stderr', () => output(realm, 2));
}

function output(realm: Realm, fd: number): LibraryExports {
  if (realm.options.stdio?.[fd]?.kind === 'pipe') return pipedOutput(realm, fd);
  const SyncWriteStream = realm.requireBuiltin('internal/fs/sync_write_stream') as unknown as new (
    fd: number,
    options: object,
  ) => LibraryExports;
  const stream = new SyncWriteStream(fd, { autoClose: false });
  Object.assign(stream, { fd, _type: 'fs', _isStdio: true, destroySoon: stream['destroy'] });
  // The file itself is never closed, and who closes the stream can go on writing to it.
  stream['_destroy'] = (error: unknown, done: (error: unknown) => void): void => {
    done(error);
    (stream['_undestroy'] as Callable).call(stream);
    if ((stream['_writableState'] as { emitClose: boolean }).emitClose) return;
    (realm.processObject['nextTick'] as Callable)(() => (stream['emit'] as Callable).call(stream, 'close'));
  };
  return stream;
}

function input(realm: Realm): unknown {
  if (realm.options.stdio?.[0]?.kind === 'pipe') return pipedInput(realm);
  const { Readable } = realm.requireBuiltin('stream') as {
    Readable: new (options: object) => { push(chunk: null): void };
  };
  const ended = new Readable({ read: () => undefined });
  ended.push(null);
  return Object.assign(ended, { fd: 0 });
}

/** Standard input that another process writes, as Node makes it: flows once somebody listens. */
function pipedInput(realm: Realm): unknown {
  const { Socket } = realm.requireBuiltin('net') as { Socket: new (options: object) => LibraryExports };
  const { Pipe } = realm.internalBinding('pipe_wrap') as { Pipe: new (type: number) => PipeHandle };
  const handle = new Pipe(0);
  handle.open(0);
  const stream = new Socket({ handle, readable: true, writable: false, manualStart: true });
  handle.unref();
  Object.assign(stream, { fd: 0, _type: 'pipe' });
  const on = stream['on'] as Callable;
  on.call(stream, 'pause', () => {
    if (!handle.reading) return;
    handle.readStop();
    handle.unref();
  });
  on.call(stream, 'resume', () => handle.ref());
  return stream;
}
