// What a session of HTTP/2 makes of its connection's events: streams of its own, and calls of the library. Ends the
// session where a peer sends too much that is wrong. Called by http2-session.ts.
import type { Connection } from '../http2/connection.ts';
import type { Frame } from '../http2/frames.ts';
import type { Events } from '../http2/state.ts';
import type { Http2SessionHandle } from './http2-session.ts';
import { CALLBACK, type Http2Library } from './http2-shared.ts';

const HAS_SETTINGS_LISTENERS = 1;
const IS_REMOTE_UP_TO_DATE = 2;
const HAS_PING_LISTENERS = 4;
const HAS_ALTSVC_LISTENERS = 8;
const PADDING_STRATEGY = 4;
const PADDED_TO_MOST = 2;
const PADDED_TO_WORDS = 1;
const FRAME_HEAD_BYTES = 9;

export function connectionOf(session: Http2SessionHandle): Connection {
  const { shared, isServer } = session;
  const { Connection } = shared.library;
  return new Connection(
    {
      isServer,
      tableBytesMax: shared.option(0, 4096),
      reservedStreamsMax: shared.option(1, 200),
      headerBlockBytesMax: shared.option(2, 65_536),
      peerStreamsMax: shared.option(3, 100),
      settingsMax: shared.option(9, 32),
      isSpaceRefused: shared.option(12, 0) === 0,
    },
    eventsOf(session, shared.option(PADDING_STRATEGY, 0)),
  );
}

function eventsOf(session: Http2SessionHandle, padding: number): Events {
  const { shared, told } = session;
  const { library } = shared;
  const tooMany = (): never => {
    told.errorCode = 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES';
    throw new library.Fatal(library.FAULT.CALLBACK_FAILURE);
  };
  const limit = (at: number): number => new Uint32Array(session.fields.buffer, at, 1)[0] ?? 0;
  return {
    begins: (id, category) => {
      const stream = session.streams.get(id);
      if (stream !== undefined) {
        if (!stream.isDestroyed) stream.startHeaders(category);
        return 'taken';
      }
      const most = session.connection.state.setting('local', library.SETTING.MAX_CONCURRENT_STREAMS);
      if (session.streams.size >= most) {
        if (told.rejectedStreams++ > limit(8)) tooMany();
        return 'refused';
      }
      told.rejectedStreams = 0;
      session.addStream(id, category);
      return 'taken';
    },
    field: (id, field) => {
      const stream = session.streams.get(id);
      if (stream === undefined) return false;
      if (stream.isDestroyed || stream.addField(field)) return true;
      stream.rstStream(library.CODE.ENHANCE_YOUR_CALM);
      return false;
    },
    frame: (frame, subject) => {
      const { DATA, HEADERS, PUSH_PROMISE } = library.FRAME;
      if (frame.type === HEADERS || frame.type === PUSH_PROMISE) onHeaders(session, frame, subject);
      else if (frame.type !== DATA) onControl(session, library, frame);
      else if ((frame.flags & library.FLAG.END_STREAM) !== 0) session.streams.get(subject)?.receiveEnd();
      else if (frame.payload.length === 0 && told.invalidFrames++ > limit(4)) tooMany();
      session.pauseAfterFrame();
    },
    data: (id, bytes) => {
      session.connection.state.consumeConnection(bytes.length);
      session.streams.get(id)?.receive(bytes);
    },
    closed: (id, code) => {
      const stream = session.streams.get(id);
      if (stream === undefined || stream.isDestroyed) return;
      if (shared.call(stream, CALLBACK.close, code) !== true) stream.destroy();
    },
    invalid: (fault) => {
      if (told.invalidFrames++ > limit(4)) tooMany();
      if (fault === library.FAULT.STREAM_CLOSED) shared.call(session, CALLBACK.error, fault);
    },
    spokeOtherwise: () => {
      shared.call(session, CALLBACK.error, library.FAULT.PROTO);
    },
    notSent: (...found) => onNotSent(session, ...found),
    padded: (length, most) => {
      if (padding === PADDED_TO_MOST) return most;
      if (padding !== PADDED_TO_WORDS) return length;
      const over = (length + FRAME_HEAD_BYTES) % 8;
      return over === 0 ? length : Math.min(most, length + 8 - over);
    },
  };
}

function onNotSent(session: Http2SessionHandle, type: number, id: number, fault: number): void {
  const { FAULT, CODE } = session.shared.library;
  const isExpected =
    fault === FAULT.SESSION_CLOSING || fault === FAULT.STREAM_CLOSED || fault === FAULT.STREAM_CLOSING;
  if (isExpected || session.fields[2] === 0) {
    if (fault === FAULT.FRAME_SIZE_ERROR) session.streams.get(id)?.destroy();
    return;
  }
  const code = fault === FAULT.FRAME_SIZE_ERROR ? CODE.FRAME_SIZE_ERROR : CODE.INTERNAL_ERROR;
  session.shared.call(session, CALLBACK.frameError, id, type, code);
}

function onHeaders(session: Http2SessionHandle, frame: Frame, id: number): void {
  const stream = session.streams.get(id);
  if (stream === undefined || stream.isDestroyed) return;
  const { fields } = stream;
  stream.fields = [];
  session.shared.call(
    session,
    CALLBACK.headers,
    stream,
    id,
    stream.category,
    frame.flags,
    fields.flatMap(({ name, value }) => [name, value]),
    fields.filter(({ isSensitive }) => isSensitive === true).map(({ name }) => name),
  );
}

function onControl(session: Http2SessionHandle, library: Http2Library, frame: Frame): void {
  const { shared } = session;
  const { FRAME, ID_MASK, uint32, latin1Of } = library;
  const { payload } = frame;
  const bits = session.fields[0] ?? 0;
  switch (frame.type) {
    case FRAME.SETTINGS:
      onSettings(session, library, frame);
      return;
    case FRAME.PING:
      onPing(session, library, frame);
      return;
    case FRAME.GOAWAY: {
      const data = payload.length > 8 ? shared.bufferOf(payload.subarray(8)) : undefined;
      shared.call(session, CALLBACK.goaway, uint32(payload, 4), uint32(payload, 0) & ID_MASK, data);
      return;
    }
    case FRAME.PRIORITY: {
      if (session.fields[1] === 0) return;
      const parent = uint32(payload, 0);
      const weight = (payload[4] ?? 0) + 1;
      shared.call(session, CALLBACK.priority, frame.id, parent & ID_MASK, weight, parent > ID_MASK);
      return;
    }
    case FRAME.ALTSVC: {
      if ((bits & HAS_ALTSVC_LISTENERS) === 0) return;
      const at = 2 + (uint32(payload, 0) >>> 16);
      const origin = latin1Of(payload.subarray(2, at));
      shared.call(session, CALLBACK.altsvc, frame.id, origin, latin1Of(payload.subarray(at)));
      return;
    }
    case FRAME.ORIGIN: {
      const origins: string[] = [];
      for (let at = 0; at + 2 <= payload.length; ) {
        const end = at + 2 + (((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0));
        origins.push(latin1Of(payload.subarray(at + 2, end)));
        at = end;
      }
      if (origins.length > 0) shared.call(session, CALLBACK.origin, origins);
      return;
    }
    default:
  }
}

function onSettings(session: Http2SessionHandle, library: Http2Library, frame: Frame): void {
  if ((frame.flags & library.FLAG.ACK) !== 0) {
    const first = session.sentSettings.shift();
    if (first === undefined) session.shared.call(session, CALLBACK.error, library.FAULT.PROTO);
    else session.settle(first, true);
    return;
  }
  const bits = session.fields[0] ?? 0;
  session.fields[0] = bits & ~IS_REMOTE_UP_TO_DATE;
  if ((bits & HAS_SETTINGS_LISTENERS) !== 0) session.shared.call(session, CALLBACK.settings);
}

function onPing(session: Http2SessionHandle, library: Http2Library, frame: Frame): void {
  const { shared } = session;
  if ((frame.flags & library.FLAG.ACK) !== 0) {
    const first = session.pings.shift();
    if (first === undefined) shared.call(session, CALLBACK.error, library.FAULT.PROTO);
    else session.settle(first, true, frame.payload);
    return;
  }
  if (((session.fields[0] ?? 0) & HAS_PING_LISTENERS) !== 0)
    shared.call(session, CALLBACK.ping, shared.bufferOf(frame.payload));
}
