// The http2 binding: the native side of Node's internal/http2 on our own HTTP/2 (node/http2), over plain sockets. TLS
// is refused where it is asked for; what observes performance is told nothing of sessions. Called by registry.ts.
import type { Binding, Callable, Realm } from '../realm.ts';
import { Http2SessionHandle } from './http2-session.ts';
import { Http2Shared } from './http2-shared.ts';
import { Http2StreamHandle } from './http2-stream.ts';

export const http2 = (realm: Realm): Binding => {
  const shared = new Http2Shared(realm);
  class Http2Stream extends Http2StreamHandle {}
  class Http2Session extends Http2SessionHandle {
    constructor(type: number) {
      super(shared, type);
    }
    protected override newStream(id: number, category: number, options: number): Http2StreamHandle {
      return new Http2Stream(shared, this, id, category, options);
    }
  }
  return {
    ...realm.library.data('http2'),
    settingsBuffer: shared.settingsBuffer,
    optionsBuffer: shared.optionsBuffer,
    sessionState: shared.sessionState,
    streamState: shared.streamState,
    sessionStats: shared.sessionStats,
    streamStats: shared.streamStats,
    Http2Session,
    Http2Stream,
    setCallbackFunctions: (...callbacks: readonly Callable[]) => {
      shared.callbacks = callbacks;
    },
    nghttp2ErrorString: (fault: number) => shared.library.FAULT_TEXT[fault] ?? 'Unknown error code',
    refreshDefaultSettings: () => shared.putDefaults(),
    packSettings: () =>
      shared.bufferOf(Uint8Array.from(shared.library.bytesOfEntries(shared.takeSettings()))),
  };
};
