// Frames as bytes (RFC 9113, section 4 and 6): writing each kind, and reading the numbers in them. Knows no states:
// what may be sent when is connection.ts's and outbound.ts's business.
import { FLAG, FRAME } from './codes.ts';

export const HEAD_BYTES = 9;
/** The largest payload that is sent, whatever the peer allows. */
export const PAYLOAD_MAX = 16_384;
export const ID_MASK = 0x7f_ff_ff_ff;
export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly id: number;
  readonly payload: Uint8Array;
}

export const uint32 = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)) >>>
  0;

export const bytesOf32 = (...values: readonly number[]): number[] =>
  values.flatMap((value) => [
    (value >>> 24) & 0xff,
    (value >>> 16) & 0xff,
    (value >>> 8) & 0xff,
    value & 0xff,
  ]);

export const bytesOf16 = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff];

export const latin1Of = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

export const bytesOfLatin1 = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_none, at) => text.charCodeAt(at) & 0xff);

export function frameBytes(type: number, flags: number, id: number, payload: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + payload.length);
  bytes[0] = (payload.length >>> 16) & 0xff;
  bytes[1] = (payload.length >>> 8) & 0xff;
  bytes[2] = payload.length & 0xff;
  bytes[3] = type;
  bytes[4] = flags;
  bytes.set(bytesOf32(id), 5);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

/** `padding` counts the byte that says how much there is; 0 for none. */
export function paddedFrame(frame: Frame, padding: number): Uint8Array {
  if (padding === 0) return frameBytes(frame.type, frame.flags, frame.id, frame.payload);
  const payload = new Uint8Array(frame.payload.length + padding);
  payload[0] = padding - 1;
  payload.set(frame.payload, 1);
  return frameBytes(frame.type, frame.flags | FLAG.PADDED, frame.id, payload);
}

/** HEADERS or PUSH_PROMISE, and CONTINUATION for what does not fit. `padded` chooses how long the payload becomes. */
export function headerFrames(
  frame: Frame,
  padded: (length: number, most: number) => number,
): readonly Uint8Array[] {
  const { payload, id } = frame;
  if (payload.length <= PAYLOAD_MAX) {
    const most = Math.min(PAYLOAD_MAX, payload.length + 256);
    const whole = { ...frame, flags: frame.flags | FLAG.END_HEADERS };
    return [paddedFrame(whole, padded(payload.length, most) - payload.length)];
  }
  const frames = [frameBytes(frame.type, frame.flags, id, payload.subarray(0, PAYLOAD_MAX))];
  for (let at = PAYLOAD_MAX; at < payload.length; at += PAYLOAD_MAX) {
    const piece = payload.subarray(at, at + PAYLOAD_MAX);
    const isLast = at + PAYLOAD_MAX >= payload.length;
    frames.push(frameBytes(FRAME.CONTINUATION, isLast ? FLAG.END_HEADERS : 0, id, piece));
  }
  return frames;
}
