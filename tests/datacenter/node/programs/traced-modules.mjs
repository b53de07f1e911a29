// Imports and requires as diagnostics channels tell of them, and object URLs of blobs.
// Run on Node and in the data center by differential.test.ts.
import { resolveObjectURL } from 'node:buffer';
import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';

const told = [];
for (const event of ['start', 'end', 'error', 'asyncStart', 'asyncEnd']) {
  for (const name of ['import', 'require']) {
    subscribe(`tracing:module.${name}:${event}`, (message) => {
      told.push([name, event, message.url ?? message.id, message.error?.code, 'result' in message]);
    });
  }
}
await import('node:path');
await import('./parts/nothing-is-here.mjs').catch((error) => console.log(error.code));
console.log(told.splice(0));
const require = createRequire(import.meta.url);
require('node:util');
console.log(told.splice(0));

const url = URL.createObjectURL(new Blob(['some ', 'text'], { type: 'text/plain' }));
console.log(url.startsWith('blob:nodedata:'), resolveObjectURL(url).type);
console.log(await resolveObjectURL(url).text());
URL.revokeObjectURL(url);
console.log(resolveObjectURL(url));
try {
  URL.createObjectURL('text');
} catch (error) {
  console.log(error.code);
}
