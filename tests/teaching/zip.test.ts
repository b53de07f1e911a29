// Archives as strangers make them: what is packed comes out, and bombs, ways out, links, lies and cuts are refused one by one, without
// spoiling the entries beside them. Cut or changed anywhere, an archive is refused in words or read; nothing else is thrown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunProblem } from '../../src/runtime/runtime.ts';
import { zipOf } from '../../src/runtime/zip.ts';
import { readZip } from '../../src/teaching/zip.ts';

const limits = { entries: 10, bytesEach: 1000, bytesTotal: 1500, zone: 'UTC' };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const read = (bytes: Uint8Array) =>
  readZip('a.zip', bytes, limits).map((entry) => {
    try {
      return `${entry.path}: ${text(entry.read())}`;
    } catch (error) {
      if (!(error instanceof RunProblem)) throw error;
      return `${entry.path}: ${error.complaint.expected}, ${error.complaint.found}`;
    }
  });

test('what was packed comes out', async () => {
  const packed = await zipOf('in', { 'a.json': '{}', 'ä/李.json': 'x'.repeat(500) });
  expect(read(packed)).toEqual(['in/a.json: {}', `in/ä/李.json: ${'x'.repeat(500)}`]);
});

test('a bomb, a way out and too much in all cost only themselves', async () => {
  const packed = await zipOf('in', {
    bomb: '0'.repeat(5_000_000),
    '../../up': '',
    first: 'a'.repeat(900),
    second: 'b'.repeat(900),
  });
  expect(read(packed)).toEqual([
    'in/bomb: at most 1,000 bytes, more when unpacked',
    'in/../../up: a path inside the archive, one that leads outside',
    `in/first: ${'a'.repeat(900)}`,
    'in/second: at most 600 bytes, more when unpacked',
  ]);
  // The list says that the bomb is small: what comes out of it counts.
  const lying = await zipOf('in', { bomb: '0'.repeat(5_000_000) });
  const view = new DataView(lying.buffer, lying.byteOffset, lying.byteLength);
  const central = view.getUint32(lying.length - 6, true);
  view.setUint32(central + 24, 10, true);
  expect(read(lying)).toEqual(['in/bomb: at most 1,000 bytes, more when unpacked']);
});

test('too many files, and what is no archive, are refused as a whole', async () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`${index}`, '']));
  const packed = await zipOf('in', many);
  expect(() => read(packed)).toThrow('a.zip: expected at most 10 files, found 11');
  expect(() => read(new Uint8Array(100))).toThrow('a.zip: expected a zip archive');
});

test('cut or changed anywhere, it is read or refused in words', async () => {
  const packed = await zipOf('in', { 'a.json': '{"a": 1}', 'b.json': 'b'.repeat(300) });
  const place = fc.nat({ max: packed.length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 255 }), fc.option(place), (at, byte, length) => {
      const broken = packed.slice(0, length ?? packed.length);
      if (at < broken.length) broken[at] = byte;
      try {
        read(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(RunProblem);
      }
    }),
    { numRuns: 500 },
  );
});
