// Buffer writes: texts cut at the edge, numbers of every size, and what is said when they do not fit.
// Run by differential.test.ts.
const say = (...words) => console.log(...words);
const attempt = (run) => {
  try {
    say(run());
  } catch (error) {
    say(error.name, error.code, error.message);
  }
};
const texts = ['a€b', '€€', '😀😀', 'žž', '\ud83d', 'abcdef', '616263zz', 'YWJj', '\ud800x'];
for (const encoding of ['utf8', 'ucs2', 'latin1', 'ascii', 'hex', 'base64', 'base64url']) {
  for (const given of texts) {
    for (let room = 0; room <= 5; room++) {
      const into = Buffer.alloc(8, 0xee);
      const count = into.write(given, 2, room, encoding);
      say(encoding, JSON.stringify(given), room, count, into.toString('hex'));
    }
  }
}
const four = Buffer.alloc(4);
say(four.write('abcdef'), four.write('x', 3), four.write('ž', 3), four.write('6162', 'hex'), four);
attempt(() => four.write('x', 9));
attempt(() => four.write('x', -1));
attempt(() => four.write('x', 0, 9));
attempt(() => four.write(5));
attempt(() => four.utf8Write('é', 1, 2));
attempt(() => four.latin1Write('é', 1));
attempt(() => four.hexWrite('ff', 9));
attempt(() => four.utf8Slice(0, 2));
attempt(() => four.latin1Slice(0, 99));
const numbers = Buffer.alloc(16);
const methods = [
  'UInt8',
  'Int8',
  'UInt16LE',
  'UInt16BE',
  'Int16LE',
  'Int16BE',
  'UInt32LE',
  'UInt32BE',
  'Int32LE',
  'Int32BE',
  'FloatLE',
  'FloatBE',
  'DoubleLE',
  'DoubleBE',
];
for (const method of methods) {
  for (const value of [0, 1, 127, 128, 255, 65_535, -1, -128, 4_294_967_295, 1.5]) {
    attempt(() =>
      [method, value, numbers[`write${method}`](value, 1), numbers[`read${method}`](1)].join(' '),
    );
  }
}
for (const method of ['BigInt64LE', 'BigInt64BE', 'BigUInt64LE', 'BigUInt64BE']) {
  for (const value of [0n, 1n, -1n, 2n ** 63n, 2n ** 64n]) {
    attempt(() =>
      [method, value, numbers[`write${method}`](value, 1), numbers[`read${method}`](1)].join(' '),
    );
  }
}
for (const size of [1, 2, 3, 4, 5, 6]) {
  say(
    size,
    numbers.writeUIntBE(0x12, 0, size),
    numbers.readUIntBE(0, size),
    numbers.writeIntLE(-2, 0, size),
    numbers.readIntLE(0, size),
  );
}
attempt(() => numbers.readUInt32LE(14));
attempt(() => numbers.readUInt8('1'));
attempt(() => numbers.readIntBE(0, 7));
attempt(() => numbers.readDoubleLE(0.5));
attempt(() => numbers.writeUInt8(1, 99));
attempt(() => new DataView(numbers.buffer, numbers.byteOffset, 4).getInt16(0));
