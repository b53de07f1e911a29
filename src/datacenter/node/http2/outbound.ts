// Chooses what to send next, as nghttp2 does: SETTINGS and PING, then what is of streams and windows, then HEADERS
// that open streams while the peer takes them, then bodies in turn. Called by connection.ts.
import { CODE, FAULT, FLAG, FRAME } from './codes.ts';
import { type Frame, PAYLOAD_MAX, paddedFrame } from './frames.ts';
import { SETTING } from './settings.ts';
import type { Item, State } from './state.ts';
import type { Stream } from './stream.ts';

const PADDING_MAX = 256;

const mayOpen = (state: State): boolean =>
  state.ownStreams < state.setting('remote', SETTING.MAX_CONCURRENT_STREAMS);

/** The stream whose turn it is to send of its body. */
function nextStream(state: State): Stream | null {
  if (state.sendWindow <= 0) return null;
  let best: Stream | null = null;
  for (const stream of state.streams.values()) {
    if (stream.source === null || stream.isDeferred || stream.sendWindow <= 0 || stream.state === 'closing')
      continue;
    if (best === null || stream.cycle < best.cycle) best = stream;
  }
  return best;
}

export function wantsToWrite(state: State): boolean {
  if (state.isTerminated) return false;
  if (state.urgent.length > 0 || state.regular.length > 0) return true;
  return nextStream(state) !== null || (state.opening.length > 0 && mayOpen(state));
}

/** Bytes of the next frames; null when there is nothing to send. */
export function nextBytes(state: State): readonly Uint8Array[] | null {
  for (;;) {
    if (state.isTerminated) return null;
    const item =
      state.urgent.shift() ?? state.regular.shift() ?? (mayOpen(state) ? state.opening.shift() : undefined);
    if (item !== undefined) {
      const bytes = packed(state, item);
      if (bytes !== null) return bytes;
      continue;
    }
    const stream = nextStream(state);
    if (stream === null) return null;
    const bytes = nextData(state, stream);
    if (bytes !== null) return [bytes];
  }
}

function packed(state: State, item: Item): readonly Uint8Array[] | null {
  if (item.canceled !== undefined) {
    state.events.closed(item.id, item.canceled);
    return null;
  }
  const bytes = item.pack();
  if (typeof bytes !== 'number') {
    item.sent?.();
    return bytes;
  }
  state.events.notSent(item.type, item.id, bytes);
  const isRequest = item.type === FRAME.HEADERS && !state.limits.isServer && !state.streams.has(item.id);
  if (isRequest) state.events.closed(item.id, CODE.INTERNAL_ERROR);
  if (bytes === FAULT.HEADER_COMP) state.terminate(CODE.INTERNAL_ERROR);
  return null;
}

function nextData(state: State, stream: Stream): Uint8Array | null {
  const { source, id } = stream;
  if (source === null) return null;
  const most = Math.min(PAYLOAD_MAX, stream.sendWindow, state.sendWindow);
  const piece = source.read(most);
  // Reading may have called the program, which may have closed it.
  if (state.streams.get(id) !== stream || stream.source !== source) return null;
  if (piece === null) {
    stream.isDeferred = true;
    return null;
  }
  const endsStream = piece.isEnd && !piece.hasTrailers;
  const payload = source.take(piece.length);
  const frame: Frame = { type: FRAME.DATA, flags: endsStream ? FLAG.END_STREAM : 0, id, payload };
  const padding =
    state.events.padded(piece.length, Math.min(most, piece.length + PADDING_MAX)) - piece.length;
  const sentBytes = piece.length + padding;
  state.sendWindow -= sentBytes;
  stream.sendWindow -= sentBytes;
  stream.cycle += sentBytes;
  const bytes = piece.isEnd && piece.hasTrailers && sentBytes === 0 ? null : paddedFrame(frame, padding);
  if (piece.isEnd) stream.source = null;
  if (endsStream) {
    stream.isWriteShut = true;
    state.closeIfShut(stream);
  }
  return bytes;
}
