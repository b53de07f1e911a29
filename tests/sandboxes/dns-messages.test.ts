// The messages of the sandbox dns: what is written is read again, and no bytes whatever do more than be refused.
// Through the doors of the sandbox's files; starts no process, opens no port. dns-servers.test.ts does.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { bare, type Reply, respond } from '../../sandboxes/dns/door.ts';
import { type Message, query, readMessage } from '../../sandboxes/dns/message.ts';
import { FormatError, isWithin, keyOf, labelsOf, readName, textOf } from '../../sandboxes/dns/names.ts';
import { type DnsRecord, quoted } from '../../sandboxes/dns/records.ts';
import { writeMessage, writeWithin } from '../../sandboxes/dns/write.ts';

const label = fc.oneof(
  fc.constantFrom('www', 'WWW', 'com', '100xglobal', '*', '_sip'),
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.constant('x'.repeat(63)),
);
/** Any three labels fit into 255 bytes; a fourth of 63 does, too. */
const name = fc
  .array(label, { maxLength: 3 })
  .map((labels) => textOf(labels.map((each) => Buffer.from(each, 'latin1'))));
const short = fc.integer({ min: 0, max: 65_535 });
const long = fc.integer({ min: 0, max: 0xffffffff });
const bytes = (most: number) => fc.uint8Array({ maxLength: most }).map((each) => Buffer.from(each));

const typed = fc.oneof(
  fc.tuple(fc.constant('A'), fc.ipV4()),
  fc.tuple(fc.constant('AAAA'), fc.constantFrom('::', '::1', '2001:db8::1:0:0:7', 'fe80::1:2:3:4')),
  fc.tuple(fc.constantFrom('NS', 'CNAME', 'PTR'), name),
  fc.tuple(
    fc.constant('MX'),
    fc.tuple(short, name).map((parts) => parts.join(' ')),
  ),
  fc.tuple(
    fc.constant('TXT'),
    fc.array(bytes(255), { minLength: 1, maxLength: 3 }).map((texts) => texts.map(quoted).join(' ')),
  ),
  fc.tuple(
    fc.constant('SOA'),
    fc.tuple(name, name, long, long, long, long, long).map((parts) => parts.join(' ')),
  ),
  fc.tuple(
    fc.constantFrom('TYPE65', 'TYPE65535'),
    bytes(40).map((data) => `\\# ${data.length} ${data.toString('hex')}`.trimEnd()),
  ),
);
const record: fc.Arbitrary<DnsRecord> = fc
  .tuple(name, typed, fc.integer({ min: 0, max: 0x7fffffff }))
  .map(([owner, [type, data], ttl]) => ({ name: owner, type, ttl, data }));
const records = fc.array(record, { maxLength: 4 });
const message: fc.Arbitrary<Message> = fc.record(
  {
    id: short,
    isResponse: fc.boolean(),
    opcode: fc.integer({ min: 0, max: 15 }),
    isAuthoritative: fc.boolean(),
    isTruncated: fc.boolean(),
    wantsRecursion: fc.boolean(),
    canRecurse: fc.boolean(),
    code: fc.constantFrom('NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'),
    questions: fc.array(fc.record({ name, type: fc.constantFrom('A', 'MX', 'ANY', 'TYPE257') }), {
      maxLength: 2,
    }),
    answer: records,
    authority: records,
    additional: records,
    edns: fc.record({ payload: short, version: fc.integer({ min: 0, max: 255 }) }),
  },
  {
    requiredKeys: [
      'id',
      'isResponse',
      'opcode',
      'isAuthoritative',
      'isTruncated',
      'wantsRecursion',
      'canRecurse',
      'code',
      'questions',
      'answer',
      'authority',
      'additional',
    ],
  },
);

describe('messages', () => {
  test('are read as they were written', () => {
    fc.assert(
      fc.property(message, (one) => {
        expect(readMessage(writeMessage(one))).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  test('a long answer is cut to its limit, and says so; helpful records go first', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 512, max: 1232 }), (one, limit) => {
        fc.pre(writeMessage({ ...one, answer: [], authority: [], additional: [] }).length <= 512);
        const cut = writeWithin(one, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        const read = readMessage(cut);
        expect(read.questions).toEqual(one.questions);
        if (read.isTruncated && !one.isTruncated) expect(read.answer).toEqual([]);
        else if (!one.isTruncated) expect(read.answer).toEqual(one.answer);
      }),
      { numRuns: 300 },
    );
  });

  test('a name that was written before takes two bytes', () => {
    const one = query(1, 'www.100xglobal.com.', 'CNAME');
    const answer = [{ name: 'www.100xglobal.com.', type: 'CNAME', ttl: 6, data: '100xglobal.com.' }];
    const grown = writeMessage({ ...one, answer }).length - writeMessage(one).length;
    expect(grown).toBe(2 + 10 + 2);
  });

  test('names are compared without regard to case, and by whole labels', () => {
    expect(isWithin('WWW.100xGlobal.com.', '100xglobal.COM.')).toBe(true);
    expect(isWithin('not100xglobal.com.', '100xglobal.com.')).toBe(false);
    expect(isWithin('a\\.100xglobal.com.', '100xglobal.com.')).toBe(false);
    expect(isWithin('x.', '.')).toBe(true);
    expect(keyOf('A\\.B.')).toBe('a\\.b.');
    expect(labelsOf('a\\.b\\032.c.').map(String)).toEqual(['a.b ', 'c']);
  });
});

/** A head with these counts, then the bytes. */
function withCounts(counts: readonly number[], ...parts: readonly (readonly number[])[]): Buffer {
  const head = Buffer.from([0, 7, 0, 0, ...counts.flatMap((count) => [count >> 8, count & 255])]);
  return Buffer.concat([head, ...parts.map((part) => Buffer.from(part))]);
}
const question = [1, 0x78, 0, 0, 1, 0, 1]; // x. A IN
const a = (length: number) => [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, length, 1, 2, 3, 4];

const hostile: Readonly<Record<string, Buffer>> = {
  'a pointer to itself': withCounts([1, 0, 0, 0], [0xc0, 12, 0, 1, 0, 1]),
  'two pointers to each other': withCounts([1, 0, 0, 0], [0xc0, 14, 0xc0, 12, 0, 1, 0, 1]),
  'a pointer forward': withCounts([1, 0, 0, 0], [0xc0, 14, 1, 0x78, 0, 0, 1, 0, 1]),
  'a pointer beyond the message': withCounts([1, 0, 0, 0], [0xff, 0xff, 0, 1, 0, 1]),
  'a label that leads back to itself': withCounts([1, 0, 0, 0], [1, 0x78, 0xc0, 12, 0, 1, 0, 1]),
  'a label of 64 bytes': withCounts([1, 0, 0, 0], [64, ...new Array<number>(64).fill(0x78), 0, 0, 1, 0, 1]),
  'a name of 320 bytes': withCounts(
    [1, 0, 0, 0],
    ...new Array<number[]>(5).fill([63, ...new Array<number>(63).fill(0x78)]),
    [0, 0, 1, 0, 1],
  ),
  'a question that is cut short': withCounts([1, 0, 0, 0], question.slice(0, -1)),
  'fewer questions than counted': withCounts([65_535, 0, 0, 0], question),
  'fewer records than counted': withCounts([1, 65_535, 0, 0], question, a(4)),
  'an address of 3 bytes': withCounts([1, 1, 0, 0], question, a(3)),
  'data that runs out of the message': withCounts([1, 1, 0, 0], question, a(60_000)),
  'two OPT records': withCounts(
    [1, 0, 0, 2],
    question,
    [0, 0, 41, 2, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 41, 2, 0, 0, 0, 0, 0, 0, 0],
  ),
  'a class that is not IN': withCounts([1, 0, 0, 0], [1, 0x78, 0, 0, 1, 0, 3]),
};

const zone: Reply = {
  ...bare('NOERROR'),
  answer: Array.from({ length: 90 }, (_, index) => ({
    name: 'x.',
    type: 'A',
    ttl: 6,
    data: `10.0.1.${index}`,
  })),
};

describe('hostile messages', () => {
  test.each(Object.entries(hostile))('%s is a FormatError, and FORMERR', async (_, bad) => {
    expect(() => readMessage(bad)).toThrow(FormatError);
    const back = await respond(bad, false, false, () => zone);
    expect(back && readMessage(back)).toMatchObject({
      id: 7,
      isResponse: true,
      code: 'FORMERR',
      questions: [],
    });
  });

  test('what may be asked gets what the RFCs say', async () => {
    const code = async (bad: Buffer) => {
      const back = await respond(bad, false, false, () => zone);
      return back && readMessage(back).code;
    };
    const bare = withCounts([1, 0, 0, 0], question);
    const altered = (at: number, byte: number) =>
      Buffer.from(bare.map((each, index) => (index === at ? byte : each)));
    expect(await code(bare)).toBe('NOERROR');
    expect(await code(altered(2, 0x80))).toBeUndefined(); // an answer
    expect(await code(altered(2, 0x28))).toBe('NOTIMP'); // UPDATE
    expect(await code(bare.subarray(0, 11))).toBeUndefined();
    expect(await code(Buffer.alloc(0))).toBeUndefined();
    expect(await code(withCounts([0, 0, 0, 0]))).toBe('FORMERR');
    expect(await code(withCounts([2, 0, 0, 0], question, question))).toBe('FORMERR');
    expect(await code(withCounts([1, 0, 0, 1], question, [0, 0, 41, 2, 0, 0, 1, 0, 0, 0, 0]))).toBe(
      'BADVERS',
    );
    vi.spyOn(console, 'error').mockImplementationOnce(() => {});
    const fails = await respond(bare, false, false, () => Promise.reject(new Error('as the test wants')));
    expect(fails && readMessage(fails).code).toBe('SERVFAIL');
  });

  test('10,000 messages with spoiled bytes, cut and grown, are answered well or not at all', async () => {
    const spoiled = fc.tuple(
      message.map((one) => writeMessage({ ...one, isResponse: false, opcode: 0 })),
      fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      fc.option(fc.nat(300), { freq: 3 }),
      bytes(8),
    );
    await fc.assert(
      fc.asyncProperty(spoiled, fc.boolean(), async ([whole, changes, length, tail], isTcp) => {
        const bad = Buffer.concat([whole.subarray(0, length ?? whole.length), tail]);
        for (const [at, byte] of changes) if (at < bad.length) bad[at] = byte;
        const back = await respond(bad, isTcp, true, () => zone);
        if (back === undefined) {
          expect(bad.length < 12 || ((bad[2] ?? 0) & 0x80) !== 0).toBe(true);
          return;
        }
        expect(back.length).toBeLessThanOrEqual(isTcp ? 65_535 : 1232);
        const read = readMessage(back);
        expect([read.id, read.isResponse]).toEqual([bad.readUInt16BE(0), true]);
        expect(['NOERROR', 'FORMERR', 'NOTIMP', 'BADVERS']).toContain(read.code);
      }),
      { numRuns: 10_000 },
    );
  }, 30_000);

  test('a name leads to an end from any place of any bytes', () => {
    fc.assert(
      fc.property(bytes(64), fc.nat(64), (any, from) => {
        try {
          const { name: read, next } = readName(any, from);
          expect(textOf(labelsOf(read))).toBe(read);
          expect(next).toBeLessThanOrEqual(any.length);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
