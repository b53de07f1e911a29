// StringDecoder: characters cut anywhere, in every encoding, and what end() gives for the rest.
// Run by differential.test.ts.
import { StringDecoder } from 'node:string_decoder';

const samples = {
  utf8: [
    Buffer.from('a€😀ž'),
    Buffer.from([0xe2, 0x82]),
    Buffer.from([0xff, 0xe2, 0x41]),
    Buffer.from([0xf0, 0x9f, 0x41, 0x98]),
    Buffer.from([0xc3, 0xc3, 0xa9]),
    Buffer.from([0xe0, 0x80, 0x80]),
    Buffer.from([0xed, 0xa0, 0x80]),
  ],
  utf16le: [Buffer.from('a€😀ž', 'utf16le'), Buffer.from([0x3d, 0xd8, 0x4d]), Buffer.from([0x41])],
  base64: [Buffer.from('hello'), Buffer.from([1])],
  base64url: [Buffer.from([250, 251, 252, 253])],
  hex: [Buffer.from('hello')],
  latin1: [Buffer.from([200, 65])],
  ascii: [Buffer.from([200, 65])],
};
for (const [encoding, inputs] of Object.entries(samples)) {
  for (const input of inputs) {
    for (let size = 1; size <= 4; size++) {
      const decoder = new StringDecoder(encoding);
      const parts = [];
      for (let at = 0; at < input.length; at += size)
        parts.push(decoder.write(input.subarray(at, at + size)));
      parts.push(decoder.end());
      console.log(encoding, size, JSON.stringify(parts), decoder.lastNeed, decoder.lastTotal);
    }
  }
}
const decoder = new StringDecoder();
console.log(decoder.encoding, decoder.end(Buffer.from([0xe2])), decoder.write('text'));
for (const bad of [() => new StringDecoder('nope'), () => decoder.write(5)]) {
  try {
    bad();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
