// Bodies that came (RFC 9113, sections 5.2 and 6.1): counted against both windows, padding too, and against what
// HTTP said of their length. What is for nobody is used up at once. Called by connection.ts with whole frames.
import { CODE, FLAG } from './codes.ts';
import type { Frame } from './frames.ts';
import { judgeBody, judgeEnd } from './http-rules.ts';
import type { State } from './state.ts';

/** `body` is the payload without its padding. */
export function receiveData(state: State, frame: Frame, body: Uint8Array): void {
  const why = faultOf(state, frame.id);
  if (why !== null) {
    state.endDeaf(...why);
    return;
  }
  const bytes = frame.payload.length;
  state.receivedBytes += bytes;
  if (state.receivedBytes > state.receiveWindow) {
    state.endDeaf(CODE.FLOW_CONTROL_ERROR, '');
    return;
  }
  const stream = state.streams.get(frame.id);
  if (stream === undefined || stream.state === 'closing') {
    state.consumeConnection(bytes);
    return;
  }
  stream.receivedBytes += bytes;
  if (stream.receivedBytes > stream.receiveWindow) {
    state.endDeaf(CODE.FLOW_CONTROL_ERROR, '');
    return;
  }
  const endsStream = (frame.flags & FLAG.END_STREAM) !== 0;
  const padding = bytes - body.length;
  if (padding > 0) {
    state.consumeConnection(padding);
    if (!endsStream) state.consumeStream(frame.id, padding);
  }
  if (body.length > 0) {
    if (!judgeBody(stream, body.length)) {
      state.consumeConnection(body.length);
      state.reset(frame.id, CODE.PROTOCOL_ERROR);
      return;
    }
    state.events.data(frame.id, body);
  }
  if (endsStream && !judgeEnd(stream)) {
    state.reset(frame.id, CODE.PROTOCOL_ERROR);
    return;
  }
  state.events.frame(frame, frame.id);
  if (!endsStream) return;
  stream.isReadShut = true;
  if (state.streams.get(frame.id) === stream) state.closeIfShut(stream);
}

function faultOf(state: State, id: number): readonly [code: number, why: string] | null {
  if (id === 0) return [CODE.PROTOCOL_ERROR, 'DATA: stream_id == 0'];
  if (state.isIdle(id)) return [CODE.PROTOCOL_ERROR, 'DATA: stream in idle'];
  const stream = state.streams.get(id);
  if (stream === undefined) return null;
  if (stream.isReadShut) return [CODE.STREAM_CLOSED, 'DATA: stream in half-closed(remote)'];
  if (stream.state === 'closing') return null;
  if (stream.state === 'reserved') return [CODE.PROTOCOL_ERROR, 'DATA: stream in reserved'];
  return stream.state === 'opening' ? [CODE.PROTOCOL_ERROR, 'DATA: stream not opened'] : null;
}
