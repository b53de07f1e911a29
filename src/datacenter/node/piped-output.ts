// Standard output and standard error of a process whose parent reads them from a pipe, as Node makes them: sockets
// whose writes wait for room, keep the process alive while they do, and are never closed. Called by process-streams.ts.
import type { PipeHandle } from './bindings/pipe-handle.ts';
import type { Callable, LibraryExports, Realm } from './realm.ts';

interface Output {
  readonly _writableState: { readonly emitClose: boolean };
  readonly emit: (event: string) => void;
  readonly _undestroy: () => void;
}

export function pipedOutput(realm: Realm, fd: number): LibraryExports {
  const { Socket } = realm.requireBuiltin('net') as { Socket: new (options: object) => LibraryExports };
  const { Pipe } = realm.internalBinding('pipe_wrap') as { Pipe: new (type: number) => PipeHandle };
  const handle = new Pipe(0);
  handle.open(fd);
  handle.unref();
  const output = new Socket({ handle, readable: false, writable: true });
  const nextTick = realm.processObject['nextTick'] as Callable;
  const destroy = function (this: Output, error: unknown, done: (error: unknown) => void): void {
    done(error);
    this._undestroy();
    if (!this._writableState.emitClose) nextTick.call(realm.processObject, () => this.emit('close'));
  };
  const members = { fd, _type: 'pipe', _isStdio: true, destroySoon: output['destroy'], _destroy: destroy };
  return Object.assign(output, members);
}
