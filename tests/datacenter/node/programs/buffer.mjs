// Buffer: encodings both ways, search, fill, compare, swap, slices, copies, errors, and the edges of each.
// Run by differential.test.ts.
import { Blob, Buffer, constants, isAscii, isUtf8, kMaxLength, transcode } from 'node:buffer';

const say = (...words) => console.log(...words);
const attempt = (run) => {
  try {
    say(run());
  } catch (error) {
    say(error.name, error.code, error.message);
  }
};
const samples = [
  '',
  'a',
  'hello',
  'žluťoučký',
  '日本語',
  '😀x',
  'a\u0000b',
  '\ud800',
  'ÿĀ',
  'SGVsbG8',
  'deadbeef0',
  'zz',
  '-_+/==',
];
const encodings = [
  'utf8',
  'utf-8',
  'UTF8',
  'ucs2',
  'utf16le',
  'latin1',
  'binary',
  'ascii',
  'hex',
  'base64',
  'base64url',
];
for (const encoding of encodings) {
  for (const sample of samples) {
    const bytes = Buffer.from(sample, encoding);
    say(encoding, JSON.stringify(sample), bytes.toString('hex'), Buffer.byteLength(sample, encoding));
  }
}
const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
for (const encoding of encodings) say(encoding, JSON.stringify(all.toString(encoding)).slice(0, 900));
for (const encoding of encodings) say(encoding, JSON.stringify(all.toString(encoding, 190, 201)));
say(
  JSON.stringify(Buffer.from([0xe2, 0x82, 0xac, 0xe2, 0x82, 0xf0, 0x9f, 0x98, 0xff, 0xc0, 0x80]).toString()),
);
say(
  all.toString('hex', 300),
  all.toString('hex', -5, 3),
  all.toString('latin1', 65, 60),
  all.subarray(-3),
  all.slice(2, -250),
);
attempt(() => all.toString('nonsense'));
attempt(() => Buffer.from('x', 'nonsense'));
attempt(() => Buffer.from(5));
attempt(() => Buffer.from({}));
attempt(() => Buffer.alloc(-1));
attempt(() => Buffer.alloc('5'));
attempt(() => Buffer.concat('no'));

const text = Buffer.from('this is a buffer, this is');
say(
  text.indexOf('is'),
  text.indexOf('is', 3),
  text.indexOf('is', -5),
  text.lastIndexOf('is'),
  text.lastIndexOf('is', -4),
);
say(
  text.indexOf(Buffer.from('buffer')),
  text.indexOf(97),
  text.indexOf('nope'),
  text.includes('buffer'),
  text.indexOf(''),
);
say(
  text.indexOf('', 100),
  text.lastIndexOf(''),
  text.indexOf('this', 1),
  text.lastIndexOf('this', 0),
  text.indexOf(353),
);
say(
  text.indexOf('69', 0, 'hex'),
  text.indexOf('aXM=', 0, 'base64'),
  text.indexOf('is', undefined),
  text.indexOf('is', {}),
  text.lastIndexOf('is', undefined),
  text.lastIndexOf('is', null),
);
const wide = Buffer.from('\u039a\u0391\u03a3\u03a3\u0395', 'ucs2');
say(
  wide.indexOf('\u03a3', 0, 'ucs2'),
  wide.indexOf('\u03a3', 5, 'ucs2'),
  wide.lastIndexOf('\u03a3', -1, 'ucs2'),
  wide.indexOf('\u03a3', -4, 'ucs2'),
);
attempt(() => text.indexOf({}));

say(
  Buffer.alloc(7).fill('ab'),
  Buffer.alloc(5, 'ž'),
  Buffer.alloc(4).fill(0x1ff),
  Buffer.alloc(6).fill('abcd', 1, 4),
  Buffer.alloc(4).fill('6a6', 'hex'),
);
say(
  Buffer.alloc(4, 'YQ==', 'base64'),
  Buffer.alloc(5).fill('é', 'latin1'),
  Buffer.alloc(3).fill(''),
  Buffer.alloc(6).fill('x', 'ucs2'),
  Buffer.alloc(3).fill(Buffer.from([1, 2])),
);
attempt(() => Buffer.alloc(3).fill('zz', 'hex'));
attempt(() => Buffer.alloc(3).fill('a', 0, 9));
attempt(() => Buffer.alloc(3).fill('a', -1));
attempt(() => Buffer.alloc(3).fill(Buffer.alloc(0)));

say(
  Buffer.compare(Buffer.from('a'), Buffer.from('b')),
  Buffer.from('b').compare(Buffer.from('a')),
  Buffer.from('abc').compare(Buffer.from('xabcx'), 1, 4),
  Buffer.from('abc').compare(Buffer.from('ab')),
);
say(Buffer.from('abc').equals(Buffer.from('abc')), [Buffer.from('c'), Buffer.from('a')].sort(Buffer.compare));
attempt(() => Buffer.from('abc').compare(Buffer.from('abc'), 7));
attempt(() => Buffer.compare('a', 'b'));
for (const [method, size] of [
  ['swap16', 2],
  ['swap32', 4],
  ['swap64', 8],
]) {
  say(method, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])[method]());
  attempt(() => Buffer.alloc(size + 1)[method]());
}
say(
  Buffer.alloc(200, 0)
    .map((_, i) => i)
    .swap16()
    .toString('hex', 0, 8),
);
const target = Buffer.alloc(6);
say(all.copy(target, 1, 65), target, all.copy(target, 0, 255), all.copy(target, 4, 10, 30), target);
attempt(() => all.copy(target, -1));
attempt(() => all.copy(target, 0, 300));
say(
  target.copyWithin(0, 3),
  Buffer.concat([Buffer.from('a'), Buffer.from('bc')], 2),
  Buffer.concat([Buffer.from('a')], 3),
  Buffer.concat([]),
);
say(
  JSON.stringify(Buffer.from('ab')),
  Buffer.from({ type: 'Buffer', data: [1, 2] }),
  Buffer.from(new Uint16Array([1, 256])),
  Buffer.from(new String('boxed')),
);
const shared = new ArrayBuffer(8);
const view = Buffer.from(shared, 2, 4);
view[0] = 7;
say(
  new Uint8Array(shared),
  view.byteOffset,
  view.parent === shared,
  Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1),
);
attempt(() => Buffer.from(shared, 9));
say(
  Buffer.isBuffer(view),
  Buffer.isBuffer(new Uint8Array(1)),
  Buffer.isEncoding('HEX'),
  Buffer.isEncoding('nope'),
  Buffer.poolSize,
);
say(
  [...Buffer.from('ab').entries()],
  [...Buffer.from('ab').keys()],
  Buffer.of(1, 257),
  Buffer.from('ab').at(-1),
  Buffer.from('test').toLocaleString(),
);
say(
  isAscii(Buffer.from('abc')),
  isAscii(Buffer.from([200])),
  isUtf8(Buffer.from('ž')),
  isUtf8(Buffer.from([0xc0])),
);
say(atob('aGk='), btoa('hi'), atob(' aG k= '), atob(''), kMaxLength === constants.MAX_LENGTH);
attempt(() => atob('a'));
attempt(() => atob('a$b='));
attempt(() => btoa('Ā'));
attempt(() => transcode(Buffer.from('€'), 'utf8', 'latin1'));
attempt(() => transcode(Buffer.from('€'), 'utf8', 'ucs2'));
say(
  Buffer.from('a long enough buffer to be cut when it is shown, because fifty bytes is the most'),
  Buffer.alloc(0),
);
const named = Buffer.from('ab');
named.extra = 'property';
say(named, [named], typeof Blob);
say(
  new TextDecoder('utf-16le').decode(Buffer.from('hi', 'ucs2')),
  new TextDecoder('latin1').encoding,
  new TextEncoder().encode('ž'),
  new TextDecoder().decode(Buffer.from([0xef, 0xbb, 0xbf, 97])),
);
attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from([0xff])));
attempt(() => new TextDecoder('nope'));
const streaming = new TextDecoder();
say(
  JSON.stringify(
    streaming.decode(Buffer.from([0xe2, 0x82]), { stream: true }) + streaming.decode(Buffer.from([0xac])),
  ),
);
say(new TextEncoder().encodeInto('a€', new Uint8Array(3)));
