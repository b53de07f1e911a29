// Blocks of headers that came: requests, responses, promises and trailers (RFC 9113, sections 6.2, 6.6 and 8). Every
// block is decoded, also one that is refused, for the table must stay the peer's. Called by connection.ts.
import { CATEGORY, CODE, FAULT, FLAG } from './codes.ts';
import { type Frame, ID_MASK, uint32 } from './frames.ts';
import { HpackError } from './hpack-integer.ts';
import type { HeaderField } from './hpack-table.ts';
import { judgeBlock, judgeEnd, judgeField, type Kind } from './http-rules.ts';
import { SETTING } from './settings.ts';
import type { State } from './state.ts';
import type { Stream } from './stream.ts';

/** Whose block it is, or null where it is decoded and forgotten. */
interface Subject {
  readonly stream: Stream;
  readonly category: number;
  readonly kind: Kind;
}

/** HEADERS with all of its block, its padding and priority taken off. */
export function receiveHeaders(state: State, frame: Frame, block: Uint8Array): void {
  const subject = subjectOf(state, frame);
  if (state.isDeaf) return;
  const fields = decoded(state, block);
  if (fields === null || subject === null) return;
  const { stream } = subject;
  if (!takeFields(state, frame.id, subject, fields)) return;
  const endsStream = (frame.flags & FLAG.END_STREAM) !== 0;
  const mayConnect = state.setting('local', SETTING.ENABLE_CONNECT_PROTOCOL) === 1;
  const isWhole =
    judgeBlock(stream, subject.kind, endsStream, mayConnect) && (!endsStream || judgeEnd(stream));
  if (!isWhole) {
    state.failStream(frame.id, FAULT.HTTP_MESSAGING);
    return;
  }
  state.events.frame(frame, frame.id);
  if (!endsStream) return;
  stream.isReadShut = true;
  if (state.streams.get(frame.id) === stream) state.closeIfShut(stream);
}

function decoded(state: State, block: Uint8Array): HeaderField[] | null {
  try {
    return state.decoder.decode(block);
  } catch (error) {
    if (!(error instanceof HpackError)) throw error;
    state.endDeaf(CODE.COMPRESSION_ERROR, '');
    return null;
  }
}

/** False where the stream was reset on the way. */
function takeFields(state: State, id: number, subject: Subject, fields: readonly HeaderField[]): boolean {
  const { stream, kind, category } = subject;
  if (state.events.begins(id, category) === 'refused') {
    state.reset(id, CODE.ENHANCE_YOUR_CALM);
    return false;
  }
  if (kind === 'trailers') stream.heard.names.clear();
  for (const field of fields) {
    const verdict = judgeField(stream.heard, field, kind, state.limits.isSpaceRefused);
    if (verdict === 'ignored') continue;
    if (verdict === 'bad') {
      state.failStream(id, FAULT.HTTP_HEADER);
      return false;
    }
    if (!state.events.field(id, field)) {
      state.reset(id, CODE.INTERNAL_ERROR);
      return false;
    }
  }
  return true;
}

function subjectOf(state: State, frame: Frame): Subject | null {
  const { id } = frame;
  if (id === 0) return failed(state, FAULT.PROTO, 'HEADERS: stream_id == 0');
  const stream = state.streams.get(id);
  if (stream === undefined) return newSubject(state, id);
  if (stream.isReadShut) return failed(state, FAULT.STREAM_CLOSED, 'HEADERS: stream closed');
  if (stream.state === 'closing') return null;
  if (stream.state === 'reserved') {
    if (state.isOwn(id)) return failed(state, FAULT.PROTO, 'HEADERS: stream in reserved');
    if (state.goawaySent) return null;
    stream.state = 'open';
    state.count(stream);
    return { stream, category: CATEGORY.PUSH_RESPONSE, kind: 'response' };
  }
  if (stream.heard.isHeadOver) return { stream, category: CATEGORY.HEADERS, kind: 'trailers' };
  const isFirst = stream.state === 'opening';
  stream.state = 'open';
  return { stream, category: isFirst ? CATEGORY.RESPONSE : CATEGORY.HEADERS, kind: 'response' };
}

function newSubject(state: State, id: number): Subject | null {
  if (!state.limits.isServer)
    return state.isOwn(id) && !state.isIdle(id)
      ? null
      : failed(state, FAULT.PROTO, 'request HEADERS: client received request');
  if (state.isOwn(id))
    return state.isIdle(id) ? failed(state, FAULT.PROTO, 'request HEADERS: invalid stream_id') : null;
  if (id <= state.receivedId) return null;
  if (state.peerStreams >= state.setting('local', SETTING.MAX_CONCURRENT_STREAMS))
    return failed(state, FAULT.PROTO, 'request HEADERS: max concurrent streams exceeded');
  state.receivedId = id;
  if (state.goawaySent) return null;
  const pending = state.inflight.flat().findLast(([setting]) => setting === SETTING.MAX_CONCURRENT_STREAMS);
  if (pending !== undefined && state.peerStreams >= pending[1]) {
    state.failStream(id, FAULT.REFUSED_STREAM);
    return null;
  }
  const stream = state.open(id);
  stream.state = 'open';
  state.count(stream);
  return { stream, category: CATEGORY.REQUEST, kind: 'request' };
}

function failed(state: State, fault: number, why: string): null {
  state.failConnection(fault, why);
  state.isDeaf = true;
  return null;
}

/** PUSH_PROMISE with all of its block. */
export function receivePromise(state: State, frame: Frame, payload: Uint8Array): void {
  const promised = uint32(payload, 0) & ID_MASK;
  const subject = promiseOf(state, frame.id, promised);
  if (state.isDeaf) return;
  const fields = decoded(state, payload.subarray(4));
  if (fields === null || subject === null) return;
  if (!takeFields(state, promised, subject, fields)) return;
  if (!judgeBlock(subject.stream, 'request', true, false)) {
    state.failStream(promised, FAULT.HTTP_MESSAGING);
    return;
  }
  // Of the answer nothing was heard yet.
  const { heard } = subject.stream;
  subject.stream.method = heard.method;
  heard.names.clear();
  heard.isHeadOver = false;
  heard.contentLength = -1;
  state.events.frame(frame, promised);
}

function promiseOf(state: State, id: number, promised: number): Subject | null {
  if (id === 0) return failed(state, FAULT.PROTO, 'PUSH_PROMISE: stream_id == 0');
  if (state.limits.isServer || state.setting('local', SETTING.ENABLE_PUSH) === 0)
    return failed(state, FAULT.PROTO, 'PUSH_PROMISE: push disabled');
  if (!state.isOwn(id)) return failed(state, FAULT.PROTO, 'PUSH_PROMISE: invalid stream_id');
  if (promised === 0 || state.isOwn(promised) || promised <= state.receivedId)
    return failed(state, FAULT.PROTO, 'PUSH_PROMISE: invalid promised_stream_id');
  if (state.isIdle(id)) return failed(state, FAULT.STREAM_CLOSED, 'PUSH_PROMISE: stream in idle');
  state.receivedId = promised;
  const parent = state.streams.get(id);
  const isPending = state.inflight
    .flat()
    .some(([setting, value]) => setting === SETTING.ENABLE_PUSH && value === 0);
  if (parent === undefined || parent.state === 'closing' || isPending || state.goawaySent) {
    if (!state.goawaySent) state.reset(promised, CODE.CANCEL);
    return null;
  }
  if (parent.isReadShut) return failed(state, FAULT.STREAM_CLOSED, 'PUSH_PROMISE: stream closed');
  const reserved = [...state.streams.values()].filter((each) => each.state === 'reserved').length;
  if (reserved >= state.limits.reservedStreamsMax) {
    state.reset(promised, CODE.CANCEL);
    return null;
  }
  const stream = state.open(promised);
  stream.state = 'reserved';
  stream.isWriteShut = true;
  return { stream, category: CATEGORY.REQUEST, kind: 'request' };
}
