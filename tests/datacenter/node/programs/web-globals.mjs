// Globals of the web that stand on the library's bindings: locks, decoders, navigator, streams that compress.
// Run on Node and in the data center by differential.test.ts.

import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { CompressionStream as Compressing } from 'node:stream/web';
import { stripVTControlCharacters } from 'node:util';

console.log(CompressionStream === Compressing, navigator instanceof Navigator, navigator.platform);

const log = [];
const first = navigator.locks
  .request('one', async (lock) => {
    log.push(`held ${lock.name}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 'first';
  })
  .catch((error) => `${error.name}: ${error.message}`);
const waiting = navigator.locks.request('one', () => 'waited');
const stolen = await navigator.locks.request('one', { steal: true }, () => 'stolen');
console.log(log, stolen, await first, await waiting);

for (const bytes of [
  [0x00, 0xd8],
  [0x00, 0xdc, 0x41, 0x00],
]) {
  console.log(JSON.stringify(new TextDecoder('utf-16le').decode(new Uint8Array(bytes))));
  try {
    new TextDecoder('utf-16le', { fatal: true }).decode(new Uint8Array(bytes));
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

// Where the cursor stands tells how wide the library takes each character to be.
const reader = createInterface({ input: new PassThrough(), output: new PassThrough(), terminal: true });
for (const text of ['abc', 'é', '日本', '👍🏽', 'a\u0301', '\u00ad', '☰', '❤', '𝌆']) {
  reader.line = text;
  reader.cursor = text.length;
  console.log(JSON.stringify(stripVTControlCharacters(text)), reader.getCursorPos().cols);
}
reader.close();
