// A connection of HTTP/2 against frames that break the rules: the code that it answers with is that of RFC 9113, and
// whatever comes, it answers with frames. What Node itself answers is compared in node/programs/http2.mjs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE, FRAME } from '../../../src/datacenter/node/http2/codes.ts';
import { Connection } from '../../../src/datacenter/node/http2/connection.ts';
import { frameBytes, PREFACE, uint32 } from '../../../src/datacenter/node/http2/frames.ts';

interface Answer {
  readonly type: number;
  readonly id: number;
  readonly payload: Uint8Array;
}

function serverAfter(...frames: readonly Uint8Array[]): Answer[] {
  const connection = new Connection(
    {
      isServer: true,
      tableBytesMax: 4096,
      peerStreamsMax: 100,
      headerBlockBytesMax: 65_536,
      settingsMax: 32,
      reservedStreamsMax: 200,
      isSpaceRefused: true,
    },
    {
      begins: () => 'taken',
      field: () => true,
      frame: () => undefined,
      data: () => undefined,
      closed: () => undefined,
      invalid: () => undefined,
      spokeOtherwise: () => undefined,
      notSent: () => undefined,
      padded: (length) => length,
    },
  );
  connection.reader.receive(Buffer.from(PREFACE));
  for (const frame of frames) connection.reader.receive(frame);
  const sent: Uint8Array[] = [];
  for (let bytes = connection.nextBytes(); bytes !== null; bytes = connection.nextBytes())
    sent.push(...bytes);
  const answers: Answer[] = [];
  for (let rest: Uint8Array = Buffer.concat(sent); rest.length > 0; ) {
    const end = 9 + (uint32(rest, 0) >>> 8);
    expect(rest.length).toBeGreaterThanOrEqual(end);
    answers.push({ type: rest[3] ?? 0, id: uint32(rest, 5), payload: rest.subarray(9, end) });
    rest = rest.subarray(end);
  }
  return answers;
}

const SETTINGS = frameBytes(FRAME.SETTINGS, 0, 0, []);
const hex = (text: string): number[] => [...Buffer.from(text.replaceAll(' ', ''), 'hex')];
/** GET http / for `a`. */
const HEAD = hex('82 86 84 41 01 61');
const open = frameBytes(FRAME.HEADERS, 4, 1, HEAD);

describe('an answer to what breaks the rules', () => {
  it.each([
    ['DATA of no stream', frameBytes(FRAME.DATA, 0, 0, [1]), CODE.PROTOCOL_ERROR],
    ['padding past the frame', frameBytes(FRAME.DATA, 8, 1, [9, 1]), CODE.PROTOCOL_ERROR],
    ['PRIORITY of four bytes', frameBytes(FRAME.PRIORITY, 0, 1, [0, 0, 0, 0]), CODE.FRAME_SIZE_ERROR],
    ['SETTINGS with a window too large', frameBytes(FRAME.SETTINGS, 0, 0, hex('0004ffffffff')), 3],
    ['ENABLE_PUSH of 2', frameBytes(FRAME.SETTINGS, 0, 0, hex('000200000002')), CODE.PROTOCOL_ERROR],
    ['PUSH_PROMISE to a server', frameBytes(FRAME.PUSH_PROMISE, 4, 1, [0, 0, 0, 2, 0x82]), 1],
    ['GOAWAY of one byte', frameBytes(FRAME.GOAWAY, 0, 0, [1]), CODE.FRAME_SIZE_ERROR],
    ['CONTINUATION of nothing', frameBytes(FRAME.CONTINUATION, 4, 1, HEAD), CODE.PROTOCOL_ERROR],
    ['a window past the largest', frameBytes(FRAME.WINDOW_UPDATE, 0, 0, hex('7fffffff')), 3],
    ['a block that is no HPACK', frameBytes(FRAME.HEADERS, 5, 3, [0xff]), CODE.COMPRESSION_ERROR],
  ])('%s ends the connection', (_what, frame, code) => {
    const last = serverAfter(SETTINGS, open, frame).at(-1);
    expect(last?.type).toBe(FRAME.GOAWAY);
    expect(uint32(last?.payload ?? new Uint8Array(0), 4)).toBe(code);
  });

  it.each([
    ['a name in capitals', hex('82 86 84 41 01 61 00 01 41 01 61')],
    ['no path', hex('82 86 41 01 61')],
    ['a pseudo-header after a field', hex('82 86 41 01 61 00 01 61 01 61 84')],
    ['a header of connections', [...HEAD, ...hex('00 0a'), ...Buffer.from('connection'), 1, 0x61]],
  ])('%s resets the stream alone', (_what, block) => {
    const answers = serverAfter(SETTINGS, frameBytes(FRAME.HEADERS, 5, 1, block));
    expect(answers.map(({ type }) => type)).not.toContain(FRAME.GOAWAY);
    const reset = answers.find(({ type }) => type === FRAME.RST_STREAM);
    expect(reset?.id).toBe(1);
    expect(uint32(reset?.payload ?? new Uint8Array(0), 0)).toBe(CODE.PROTOCOL_ERROR);
  });

  it('a body longer than was said resets the stream', () => {
    const head = frameBytes(FRAME.HEADERS, 4, 1, [...HEAD, ...hex('0f 0d 01 31')]);
    const answers = serverAfter(SETTINGS, head, frameBytes(FRAME.DATA, 0, 1, [1, 2]));
    expect(answers.at(-1)?.type).toBe(FRAME.RST_STREAM);
  });
});

const frame = fc
  .tuple(
    fc.nat({ max: 13 }),
    fc.nat({ max: 255 }),
    fc.nat({ max: 5 }),
    fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(Uint8Array.from(HEAD))),
  )
  .map(([type, flags, id, payload]) => frameBytes(type, flags, id, payload));

it('answers any frames with frames, and with one GOAWAY at most, which is the last', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
      const types = serverAfter(SETTINGS, open, ...frames).map(({ type }) => type);
      const end = types.indexOf(FRAME.GOAWAY);
      expect(end === -1 || end === types.length - 1).toBe(true);
    }),
  );
});
