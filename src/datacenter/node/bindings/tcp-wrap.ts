// The classes through which Node's net reaches the kernel: TCP handles and the requests that go with them.
// And Unix sockets and pipes between processes. Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { PipeHandle } from './pipe-handle.ts';
import { StreamHandle } from './stream-handle.ts';
import { streamStateOf } from './stream-state.ts';
import { TcpHandle } from './tcp-handle.ts';

export const streamWrap = (realm: Realm): Binding => ({
  ...realm.library.data('stream_wrap'),
  streamBaseState: streamStateOf(realm),
  WriteWrap: requestClass(realm, 'WRITEWRAP'),
  ShutdownWrap: requestClass(realm, 'SHUTDOWNWRAP'),
  LibuvStreamWrap: StreamHandle,
});

export const tcpWrap = (realm: Realm): Binding => ({
  ...realm.library.data('tcp_wrap'),
  TCP: class TCP extends TcpHandle {
    constructor(type: number) {
      super(realm, type);
    }
  },
  TCPConnectWrap: requestClass(realm, 'TCPCONNECTWRAP'),
});

export const pipeWrap = (realm: Realm): Binding => ({
  ...realm.library.data('pipe_wrap'),
  Pipe: class Pipe extends PipeHandle {
    constructor() {
      super(realm);
    }
  },
  PipeConnectWrap: requestClass(realm, 'PIPECONNECTWRAP'),
});

function requestClass(realm: Realm, provider: string): typeof AsyncWrap {
  return class extends AsyncWrap {
    constructor() {
      super(realm, provider);
    }
  } as unknown as typeof AsyncWrap;
}
