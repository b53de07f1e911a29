// The cache's protocol: however its bytes are cut, the replies are the same; whatever comes, it answers or hangs up; and
// its errors are those of Redis, to the byte. Properties print their seed when they fail.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReply as consoleReply } from '../../sandboxes/_shared/you/resp.ts';
import { encode, encodeCommand, type Reply, readReply } from '../../sandboxes/cache/reply.ts';
import { limits } from '../../sandboxes/cache/resp.ts';
import { Line, storeWith } from './cache-socket.ts';

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const bytes = fc.array(byte, { maxLength: 12 }).map((all) => all.join(''));
const word = fc.oneof(bytes, fc.constantFrom('a', 'b', '1', '-1', 'NX', 'EX', '99999999999999999999', ''));
const name = fc.constantFrom(
  'GET',
  'SET',
  'DEL',
  'MGET',
  'MSET',
  'INCR',
  'EXPIRE',
  'TTL',
  'SCAN',
  'KEYS',
  'PING',
);
const command = fc.oneof(
  fc.tuple(name, fc.array(word, { maxLength: 5 })).map(([first, rest]) => encodeCommand([first, ...rest])),
  fc.constantFrom('PING\r\n', 'SET a "b c"\n', '\r\n', '*0\r\n', '*-1\r\n', 'HELLO 3\r\n', 'HELLO 2\r\n'),
);

/** `text`, cut at these places. */
function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}

describe('any split of the bytes', () => {
  test('gives the same replies', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 8, arbitrary: command }, { weight: 1, arbitrary: bytes }), {
          maxLength: 8,
        }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (commands, places) => {
          const text = commands.join('');
          const whole = new Line(storeWith());
          const pieces = new Line(storeWith());
          expect(pieces.ask(...cut(text, places))).toBe(whole.ask(text));
          expect(pieces.isClosed).toBe(whole.isClosed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('byte by byte as well', () => {
    const text = `${encodeCommand(['SET', 'k', '\r\n*$ä'])}GET k\r\n${encodeCommand(['GET', 'k'])}`;
    const line = new Line(storeWith());
    const value = '$6\r\n\r\n*$ä\r\n'.replace('6', '5');
    expect(line.ask(...text)).toBe(`+OK\r\n${value}${value}`);
  });
});

test('10,000 hostile inputs are answered or hung up on, and no neighbor notices', () => {
  const store = storeWith(100);
  const neighbor = new Line(store);
  const marks = fc.constantFrom(
    '*',
    '$',
    '\r\n',
    '\r',
    '\n',
    '"',
    "'",
    '\\',
    '1',
    '-',
    '9999999999',
    'GET',
    ' ',
    ':',
  );
  const garbage = fc.oneof(
    fc.array(fc.oneof(marks, byte), { maxLength: 40 }).map((all) => all.join('')),
    fc.tuple(command, fc.nat(), byte).map(([text, at, other]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + other + text.slice(place + 1);
    }),
  );
  let hungUp = 0;
  fc.assert(
    fc.property(garbage, (text) => {
      const line = new Line(store);
      const said = Buffer.from(line.ask(text), 'latin1');
      if (line.isClosed) hungUp++;
      // Whatever was said is replies, each whole.
      for (let at = 0; at < said.length; ) {
        const found = readReply(said, at);
        expect(found).toBeDefined();
        at = found?.next ?? said.length;
      }
      expect(neighbor.ask('PING\r\n')).toBe('+PONG\r\n');
    }),
    { numRuns: 10_000 },
  );
  expect(hungUp).toBeGreaterThan(500);
});

test('replies are read as they were written, in both protocols, by the shop and by the console', () => {
  const simple = fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/[^ -~]/g, ''));
  const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
    reply: fc.oneof(
      { maxDepth: 3 },
      bytes,
      fc.maxSafeInteger(),
      fc.constant(null),
      fc.record({ simple }),
      fc.record({ error: simple }),
      fc.array(tie('reply'), { maxLength: 4 }),
      fc.record({ pairs: fc.array(fc.tuple(bytes, tie('reply')), { maxLength: 3 }) }),
      fc.record({ verbatim: bytes }),
    ),
  }));
  fc.assert(
    fc.property(reply, (one) => {
      const three = Buffer.from(encode(one, 3), 'latin1');
      expect(readReply(three)).toEqual({ reply: one, next: three.length });
      const two = Buffer.from(encode(one, 2), 'latin1');
      expect(readReply(two)?.next).toBe(two.length);
      expect(consoleReply(two)?.next).toBe(two.length);
    }),
    { numRuns: 500 },
  );
});

describe('the errors of Redis, to the byte', () => {
  const asked = (...words: string[]) => new Line(storeWith()).ask(encodeCommand(words));
  test.each([
    [['GET'], "-ERR wrong number of arguments for 'get' command"],
    [['get', 'a', 'b'], "-ERR wrong number of arguments for 'get' command"],
    [['MSET', 'a', '1', 'b'], "-ERR wrong number of arguments for 'mset' command"],
    [['NOPE'], "-ERR unknown command 'NOPE', with args beginning with: "],
    [['NOPE', 'a', 'b\r\nc'], "-ERR unknown command 'NOPE', with args beginning with: 'a' 'b  c' "],
    [['SET', 'a', '1', 'NX', 'XX'], '-ERR syntax error'],
    [['SET', 'a', '1', 'EX'], '-ERR syntax error'],
    [['SET', 'a', '1', 'EX', '5', 'KEEPTTL'], '-ERR syntax error'],
    [['SET', 'a', '1', 'EX', 'soon'], '-ERR value is not an integer or out of range'],
    [['SET', 'a', '1', 'PX', '0'], "-ERR invalid expire time in 'set' command"],
    [['EXPIRE', 'a', '1.5'], '-ERR value is not an integer or out of range'],
    [['SCAN', 'x'], '-ERR invalid cursor'],
    [['SCAN', '0', 'COUNT', '0'], '-ERR syntax error'],
    [['SELECT', '1'], '-ERR DB index is out of range'],
    [['HELLO', '4'], '-NOPROTO unsupported protocol version'],
    [['HELLO', 'three'], '-ERR Protocol version is not an integer or out of range'],
    [['HELLO', '3', 'AUTH', 'a', 'b'], "-ERR Syntax error in HELLO option 'AUTH'"],
    [['CONFIG', 'SET', 'a', 'b'], "-ERR unknown subcommand 'SET'. Try CONFIG HELP."],
    [['CONFIG', 'GET'], "-ERR wrong number of arguments for 'config|get' command"],
  ])('%j', (words, reply) => expect(asked(...words)).toBe(`${reply}\r\n`));

  test('INCR of what is no number, and beyond what a number can be', () => {
    const line = new Line(storeWith());
    expect(line.ask('SET a x\r\nINCR a\r\n')).toBe('+OK\r\n-ERR value is not an integer or out of range\r\n');
    expect(line.ask(`SET a ${Number.MAX_SAFE_INTEGER}\r\nINCR a\r\n`)).toBe(
      '+OK\r\n-ERR increment or decrement would overflow\r\n',
    );
  });

  test.each([
    ['*1\r\n$abc\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    [`*1\r\n$${limits.bulkBytes + 1}\r\n`, 'invalid bulk length'],
    ['*1\r\n:1\r\n', "expected '$', got ':'"],
    ['*x\r\n', 'invalid multibulk length'],
    [`*${limits.words + 1}\r\n`, 'invalid multibulk length'],
    ['GET "a\r\n', 'unbalanced quotes in request'],
    ['a'.repeat(limits.lineBytes + 1), 'too big inline request'],
    [`*${'1'.repeat(limits.lineBytes + 1)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(limits.lineBytes + 1)}`, 'too big bulk count string'],
  ])('no RESP, case %#: an error, then the end of the connection', (text, why) => {
    const line = new Line(storeWith());
    expect(line.ask(`PING\r\n${text}`, 'PING\r\n')).toBe(`+PONG\r\n-ERR Protocol error: ${why}\r\n`);
    expect(line.isClosed).toBe(true);
  });

  test('a command is bounded as a whole, not only word by word', () => {
    const big = 'x'.repeat(limits.bulkBytes);
    const line = new Line(storeWith());
    expect(line.ask(encodeCommand(['MSET', ...Array.from({ length: 5 }, () => big)]))).toMatch(
      /^-ERR Protocol error: invalid bulk length\r\n$/,
    );
  });

  test('a browser that was made to ask is hung up on without a word', () => {
    const line = new Line(storeWith());
    expect(line.ask('POST / HTTP/1.1\r\nHost: cache\r\n\r\n')).toBe('');
    expect(line.isClosed).toBe(true);
  });
});

test('a client that does not read is not read from', () => {
  const line = new Line(storeWith());
  line.writableNeedDrain = true;
  expect(line.ask('PING\r\n')).toBe('');
  line.writableNeedDrain = false;
  line.emit('drain');
  expect(line.said).toBe('+PONG\r\n');
});
