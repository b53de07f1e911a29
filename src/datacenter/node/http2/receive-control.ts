// What came that is neither headers nor bodies: SETTINGS, PING, GOAWAY, WINDOW_UPDATE, RST_STREAM, PRIORITY, ALTSVC
// and ORIGIN (RFC 9113, section 6; RFC 7838; RFC 8336). Answers what breaks the rules as nghttp2 does.
// Called by connection.ts with whole frames.
import { CODE, FAULT, FLAG, FRAME } from './codes.ts';
import { type Frame, frameBytes, ID_MASK, uint32 } from './frames.ts';
import { type Entry, entriesOf, faultOf, SETTING, WINDOW_MAX } from './settings.ts';
import type { State } from './state.ts';

type Handler = (state: State, frame: Frame) => void;

const told = (state: State, frame: Frame): void => state.events.frame(frame, frame.id);
const wrongLength = (state: State): void => state.endDeaf(CODE.FRAME_SIZE_ERROR, '');
const broken = (state: State, why: string): void => state.failConnection(FAULT.PROTO, why);

/** Windows of streams follow the setting; those that would be too large break the rules. */
function applyWindow(state: State, side: 'sendWindow' | 'receiveWindow', by: number): void {
  for (const stream of state.streams.values()) {
    stream[side] += by;
    if (stream[side] > WINDOW_MAX) state.reset(stream.id, CODE.FLOW_CONTROL_ERROR);
  }
}

const onSettings: Handler = (state, frame) => {
  const { payload, flags, id } = frame;
  if (payload.length % 6 !== 0) return wrongLength(state);
  if (id !== 0) return broken(state, 'SETTINGS: stream_id != 0');
  if ((flags & FLAG.ACK) !== 0) {
    if (payload.length > 0)
      return state.failConnection(FAULT.FRAME_SIZE_ERROR, 'SETTINGS: ACK and payload != 0');
    const acknowledged = state.inflight.shift();
    if (acknowledged === undefined) return broken(state, 'SETTINGS: unexpected ACK');
    for (const entry of acknowledged) applyLocal(state, entry);
    return told(state, frame);
  }
  const entries = entriesOf(payload);
  if (entries.length > state.limits.settingsMax)
    return state.failConnection(FAULT.TOO_MANY_SETTINGS, 'SETTINGS: too many setting entries');
  for (const entry of entries) {
    const fault = faultOf(entry, !state.limits.isServer, state.remote);
    if (fault !== null) return state.failConnection(...fault);
    applyRemote(state, entry);
  }
  state.acknowledge();
  told(state, frame);
};

function applyLocal(state: State, [id, value]: Entry): void {
  const before = state.setting('local', id);
  state.local.set(id, value);
  if (id === SETTING.HEADER_TABLE_SIZE) state.decoder.allow(value);
  if (id === SETTING.INITIAL_WINDOW_SIZE) applyWindow(state, 'receiveWindow', value - before);
}

function applyRemote(state: State, [id, value]: Entry): void {
  const before = state.setting('remote', id);
  state.remote.set(id, value);
  if (id === SETTING.HEADER_TABLE_SIZE) state.encoder.allow(value);
  if (id === SETTING.INITIAL_WINDOW_SIZE) applyWindow(state, 'sendWindow', value - before);
}

const onPing: Handler = (state, frame) => {
  if (frame.payload.length !== 8) return wrongLength(state);
  if (frame.id !== 0) return broken(state, 'PING: stream_id != 0');
  if ((frame.flags & FLAG.ACK) === 0)
    state.urgent.push({
      type: FRAME.PING,
      id: 0,
      pack: () => [frameBytes(FRAME.PING, FLAG.ACK, 0, frame.payload)],
    });
  told(state, frame);
};

const onGoaway: Handler = (state, frame) => {
  if (frame.payload.length < 8) return wrongLength(state);
  if (frame.id !== 0) return broken(state, 'GOAWAY: stream_id != 0');
  const lastId = uint32(frame.payload, 0) & ID_MASK;
  if ((lastId > 0 && !state.isOwn(lastId)) || state.remoteLastId < lastId)
    return broken(state, 'GOAWAY: invalid last_stream_id');
  state.goawayReceived = true;
  state.remoteLastId = lastId;
  told(state, frame);
  state.closeAfter(lastId, true);
};

const onWindowUpdate: Handler = (state, frame) => {
  if (frame.payload.length !== 4) return wrongLength(state);
  const increment = uint32(frame.payload, 0) & ID_MASK;
  if (frame.id === 0) {
    if (increment === 0) return broken(state, 'WINDOW_UPDATE: window_size_increment == 0');
    if (state.sendWindow + increment > WINDOW_MAX) return state.failConnection(FAULT.FLOW_CONTROL, '');
    state.sendWindow += increment;
    return told(state, frame);
  }
  if (state.isIdle(frame.id)) return broken(state, 'WINDOW_UPDATE to idle stream');
  const stream = state.streams.get(frame.id);
  if (stream === undefined) return;
  if (stream.state === 'reserved' && !state.isOwn(frame.id))
    return broken(state, 'WINDOW_UPADATE to reserved stream');
  if (increment === 0) return broken(state, 'WINDOW_UPDATE: window_size_increment == 0');
  if (stream.sendWindow + increment > WINDOW_MAX) return state.failStream(frame.id, FAULT.FLOW_CONTROL);
  stream.sendWindow += increment;
  told(state, frame);
};

const onReset: Handler = (state, frame) => {
  if (frame.payload.length !== 4) return wrongLength(state);
  if (frame.id === 0) return broken(state, 'RST_STREAM: stream_id == 0');
  if (state.isIdle(frame.id)) return broken(state, 'RST_STREAM: stream in idle');
  told(state, frame);
  state.close(frame.id, uint32(frame.payload, 0));
};

const onPriority: Handler = (state, frame) => {
  if (frame.payload.length !== 5) return wrongLength(state);
  if (frame.id === 0) return broken(state, 'PRIORITY: stream_id == 0');
  if ((uint32(frame.payload, 0) & ID_MASK) === frame.id) return broken(state, 'depend on itself');
  told(state, frame);
};

/** Both are for clients only; elsewhere, and where they make no sense, they are ignored. */
const onAltsvc: Handler = (state, frame) => {
  if (state.limits.isServer || frame.payload.length < 2) return;
  const originBytes = ((frame.payload[0] ?? 0) << 8) | (frame.payload[1] ?? 0);
  if (2 + originBytes > frame.payload.length) return;
  if ((frame.id === 0) === (originBytes === 0)) return;
  if (frame.id !== 0 && !state.streams.has(frame.id)) return;
  told(state, frame);
};

const onOrigin: Handler = (state, frame) => {
  if (!state.limits.isServer && frame.id === 0 && (frame.flags & 0x0f) === 0) told(state, frame);
};

export const controlHandlers: ReadonlyMap<number, Handler> = new Map([
  [FRAME.SETTINGS, onSettings],
  [FRAME.PING, onPing],
  [FRAME.GOAWAY, onGoaway],
  [FRAME.WINDOW_UPDATE, onWindowUpdate],
  [FRAME.RST_STREAM, onReset],
  [FRAME.PRIORITY, onPriority],
  [FRAME.ALTSVC, onAltsvc],
  [FRAME.ORIGIN, onOrigin],
]);
