// What node:zlib says to streams that are cut, flipped or followed by something, member after member, and that each
// level, strategy and window gives the bytes that zlib gives. Run by differential.test.ts.
import { createHash } from 'node:crypto';
import zlib from 'node:zlib';

function attempt(what, run) {
  try {
    console.log(what, String(run()));
  } catch (error) {
    console.log(what, error.name, error.code, error.errno, error.message);
  }
}

const gzip = zlib.gzipSync('abc');
const other = zlib.gzipSync('def');
const deflate = zlib.deflateSync('abc');
const raw = zlib.deflateRawSync('abc');
const after = {
  zeros: Buffer.alloc(10),
  letters: Buffer.from('PPP'),
  letter: Buffer.from('P'),
  'half the magic': Buffer.from([0x1f]),
  magic: Buffer.from([0x1f, 0x8b]),
  'a bad header': Buffer.from([0x1f, 0x8b, 0xff, 0xff]),
  'a short member': Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]),
  'zero and magic': Buffer.from([0, 0x1f, 0x8b]),
  'a member': other,
  'two members': Buffer.concat([other, other]),
  'a deflate stream': deflate,
};
for (const [what, bytes] of Object.entries(after)) {
  const behind = (first) => Buffer.concat([first, bytes]);
  attempt(`gunzip and ${what}`, () => zlib.gunzipSync(behind(gzip)));
  attempt(`unzip and ${what}`, () => zlib.unzipSync(behind(gzip)));
  attempt(`unzip of deflate and ${what}`, () => zlib.unzipSync(behind(deflate)));
  attempt(`inflate and ${what}`, () => zlib.inflateSync(behind(deflate)));
  attempt(`raw and ${what}`, () => zlib.inflateRawSync(behind(raw)));
  attempt(`only ${what}`, () => zlib.unzipSync(bytes));
  attempt(`rejecting ${what}`, () => zlib.gunzipSync(behind(gzip), { rejectGarbageAfterEnd: true }));
}
for (let at = 0; at < gzip.length; at++) {
  const flipped = Buffer.from(gzip);
  flipped[at] ^= 0x11;
  attempt(`flipped at ${at}`, () => zlib.gunzipSync(flipped));
  attempt(`flipped at ${at}`, () => zlib.unzipSync(flipped));
  attempt(`cut at ${at}`, () => zlib.gunzipSync(gzip.subarray(0, at)));
  attempt(`cut at ${at}`, () => zlib.unzipSync(deflate.subarray(0, at)));
  const finishFlush = zlib.constants.Z_SYNC_FLUSH;
  attempt(`taken as far as ${at}`, () => zlib.gunzipSync(gzip.subarray(0, at), { finishFlush }));
}
for (const level of [0, 1, 6, 9]) {
  for (const strategy of [0, 1, 2, 3, 4]) {
    for (const windowBits of [9, 15]) {
      const options = { level, strategy, windowBits, memLevel: level === 1 ? 1 : 8 };
      const packed = zlib.deflateSync('hello hello hello'.repeat(40), options);
      const digest = createHash('md5').update(packed).digest('hex');
      console.log(level, strategy, windowBits, packed.length, digest, zlib.inflateSync(packed).length);
    }
  }
}
console.log(zlib.constants.Z_MAX_CHUNK, zlib.crc32('abc'), zlib.crc32(Buffer.from('abc'), 5));
for (let at = 0; at < other.length; at++) {
  const chunks = [];
  const stream = zlib.createGunzip().on('data', (chunk) => chunks.push(chunk));
  stream.write(Buffer.concat([gzip, other.subarray(0, at)]));
  stream.end(other.subarray(at));
  await new Promise((resolve) => stream.on('end', resolve));
  console.log(at, String(Buffer.concat(chunks)));
}
