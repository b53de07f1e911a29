// HPACK against the examples of RFC 7541 (appendix C), which are facts of the format, and against itself: whatever
// is written with a table of changing size is read again, and no bytes make the reader do anything but refuse.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HpackDecoder } from '../../../src/datacenter/node/http2/hpack-decoder.ts';
import { HpackEncoder } from '../../../src/datacenter/node/http2/hpack-encoder.ts';
import {
  decodeInteger,
  encodeInteger,
  HpackError,
} from '../../../src/datacenter/node/http2/hpack-integer.ts';
import { huffmanDecode, huffmanEncode } from '../../../src/datacenter/node/http2/huffman.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: ArrayLike<number>): string => Buffer.from(Array.from(bytes)).toString('hex');
const fieldsOf = (text: string) =>
  text.split('\n').map((line) => {
    const [name = '', value = ''] = line.trim().split(' = ');
    return { name, value };
  });

const REQUESTS = [
  ':method = GET\n:scheme = http\n:path = /\n:authority = www.example.com',
  ':method = GET\n:scheme = http\n:path = /\n:authority = www.example.com\ncache-control = no-cache',
  ':method = GET\n:scheme = https\n:path = /index.html\n:authority = www.example.com\ncustom-key = custom-value',
].map(fieldsOf);
const PLAIN_REQUESTS = [
  '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
  '8286 84be 5808 6e6f 2d63 6163 6865',
  '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
];
const SHORT_REQUESTS = [
  '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
  '8286 84be 5886 a8eb 1064 9cbf',
  '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
];
const HEAD =
  'cache-control = private\ndate = Mon, 21 Oct 2013 20:13:21 GMT\nlocation = https://www.example.com';
const RESPONSES = [
  `:status = 302\n${HEAD}`,
  `:status = 307\n${HEAD}`,
  `:status = 200\n${HEAD.replace(':21 ', ':22 ')}\ncontent-encoding = gzip\n` +
    'set-cookie = foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
].map(fieldsOf);
const SHORT_RESPONSES = [
  '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7' +
    '8f0b 97c8 e9ae 82ae 43d3',
  '4883 640e ffc1 c0bf',
  '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335' +
    'dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
];

describe('HPACK does as RFC 7541 shows', () => {
  it.each([
    [10, 5, '0a'],
    [1337, 5, '1f9a0a'],
    [42, 8, '2a'],
  ])('writes and reads %i with a prefix of %i bits (C.1)', (value, bits, hex) => {
    const into: number[] = [];
    encodeInteger(value, bits, 0, into);
    expect(hexOf(into)).toBe(hex);
    expect(decodeInteger({ bytes: bytesOf(hex), at: 0 }, bits)).toBe(value);
  });

  it('reads literals, and what must never be in a table (C.2)', () => {
    const decoder = new HpackDecoder();
    expect(decoder.decode(bytesOf('1008 7061 7373 776f 7264 0673 6563 7265 74'))).toEqual([
      { name: 'password', value: 'secret', isSensitive: true },
    ]);
    expect(decoder.tableBytes).toBe(0);
    const literal = bytesOf('400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572');
    expect(decoder.decode(literal)).toEqual(fieldsOf('custom-key = custom-header'));
    expect(decoder.tableBytes).toBe(55);
  });

  it.each([
    ['plain', PLAIN_REQUESTS],
    ['Huffman-encoded', SHORT_REQUESTS],
  ])('reads %s requests one after another (C.3, C.4)', (_form, blocks) => {
    const decoder = new HpackDecoder();
    expect(blocks.map((block) => decoder.decode(bytesOf(block)))).toEqual(REQUESTS);
    expect(decoder.tableBytes).toBe(164);
  });

  it('writes the requests of C.4 byte for byte', () => {
    const encoder = new HpackEncoder();
    expect(REQUESTS.map((fields) => hexOf(encoder.encode(fields)))).toEqual(
      SHORT_REQUESTS.map((block) => block.replaceAll(' ', '')),
    );
  });

  it('reads responses with a table that evicts (C.6)', () => {
    const decoder = new HpackDecoder();
    decoder.allow(256);
    const blocks = SHORT_RESPONSES.map((block, at) => (at === 0 ? `3fe101${block}` : block));
    const sizes = blocks.map((block, at) => {
      expect(decoder.decode(bytesOf(block))).toEqual(RESPONSES[at]);
      return decoder.tableBytes;
    });
    expect(sizes).toEqual([222, 222, 215]);
  });

  it.each([
    ['the number 0', '80'],
    ['a number past the tables', 'be'],
    ['an integer past 32 bits', 'ffffffffffff7f'],
    ['a text that is cut', '400a6375'],
    ['a size past what was allowed', '3fe2ff03'],
    ['a size after a field', '8220'],
    ['EOS in a text', '0084fffffffc00'],
    ['a byte of padding', '0082f8ff00'],
    ['zeros for padding', '00811800'],
  ])('refuses %s', (_what, hex) => {
    expect(() => new HpackDecoder().decode(bytesOf(hex))).toThrow(HpackError);
  });

  it('refuses a block without an update once the table must shrink', () => {
    const decoder = new HpackDecoder();
    decoder.allow(100);
    expect(() => decoder.decode(bytesOf('82'))).toThrow(HpackError);
  });
});

const latin1 = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 60 });
const field = fc.record({
  name: fc.oneof(fc.constantFrom(':path', 'cookie', 'etag', 'x-a', 'x-b', 'date'), latin1),
  value: fc.oneof(fc.constantFrom('', 'a', 'b'), latin1),
  isSensitive: fc.boolean(),
});
const step = fc.oneof(fc.array(field, { maxLength: 8 }), fc.nat({ max: 5000 }));

it('reads what it wrote, whatever the sizes of the table in between', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const encoder = new HpackEncoder();
      const decoder = new HpackDecoder();
      for (const each of steps) {
        if (typeof each === 'number') {
          decoder.allow(each);
          encoder.allow(each);
          continue;
        }
        const read = decoder.decode(encoder.encode(each));
        expect(read.map(({ name, value }) => [name, value])).toEqual(
          each.map(({ name, value }) => [name, value]),
        );
        expect(decoder.tableBytes).toBe(encoder.tableBytes);
      }
    }),
  );
});

it('encodes each byte, and decodes it again', () => {
  fc.assert(
    fc.property(latin1, (text) => {
      const into: number[] = [];
      huffmanEncode(text, into);
      expect(huffmanDecode(Uint8Array.from(into))).toBe(text);
    }),
  );
});

it('reads any bytes or refuses them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        new HpackDecoder().decode(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(HpackError);
      }
    }),
  );
});
