// gzip, deflate and raw streams of node:zlib: at once, with callbacks, as streams, with dictionaries, cut short.
// Run by both runtimes. Compressed bytes are not compared: Node's zlib finds other matches than the original.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const text = 'the quick brown fox jumps over the lazy dog. '.repeat(200);
for (const [pack, unpack] of [
  ['gzipSync', 'gunzipSync'],
  ['deflateSync', 'inflateSync'],
  ['deflateRawSync', 'inflateRawSync'],
  ['gzipSync', 'unzipSync'],
]) {
  const packed = zlib[pack](text);
  console.log(pack, packed.length < 200, zlib[unpack](packed).toString() === text);
}
for (const level of [0, 1, 6, 9])
  console.log('level', level, zlib.inflateSync(zlib.deflateSync(text, { level })).length);
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('one'), zlib.gzipSync('two')])).toString());
console.log((await promisify(zlib.gunzip)(await promisify(zlib.gzip)('callback'))).toString());
const chunks = [];
await pipeline(
  Readable.from(['a'.repeat(70_000), 'b'.repeat(70_000)]),
  zlib.createGzip(),
  zlib.createGunzip(),
  async (source) => {
    for await (const chunk of source) chunks.push(chunk);
  },
);
console.log(Buffer.concat(chunks).length, Buffer.concat(chunks).subarray(69_998, 70_002).toString());
const dictionary = Buffer.from('quick brown fox');
const withDictionary = zlib.deflateSync('the quick brown fox', { dictionary });
console.log(withDictionary.toString('hex'), zlib.inflateSync(withDictionary, { dictionary }).toString());
console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')));
const flushed = zlib.createDeflate();
flushed.write('part');
await new Promise((resolve) => flushed.flush(resolve));
console.log(flushed.read().toString('hex'));
for (const attempt of [
  () => zlib.gunzipSync('not gzip'),
  () => zlib.inflateSync(zlib.deflateSync(text).subarray(0, 20)),
  () => zlib.inflateSync(withDictionary),
  () => zlib.inflateSync(withDictionary, { dictionary: Buffer.from('other') }),
  () => zlib.gzipSync(12),
  () => zlib.gunzipSync(zlib.gzipSync(text), { maxOutputLength: 10 }),
]) {
  try {
    attempt();
    console.log('no error');
  } catch (error) {
    console.log(error.name, error.code, error.errno, error.message);
  }
}
zlib.gunzip(Buffer.from('garbage'), (error) => console.log('callback', error.code));
