// What functions show as their source: as it was written, loops, waits, globals and imported names too. Native ones say that
// they are; code made of the text runs.
import { readFileSync as read, statSync } from 'node:fs';

const parts = [
  () => 5,
  (x) => ({ x, [x]: () => [1, 2] }),
  function named(a, b) {
    for (const c of [a, b]) if (c) console.log(c);
    for (let i = 0; i < 3; i++) setTimeout(() => i, 1);
    while (a < 2) a++;
    do a++;
    while (a < 3);
    for (;;) break;
    return typeof missing === 'undefined' ? statSync : undefinedName;
  },
  async (values) => {
    for await (const value of values) await [value, fetch];
    await import('node:os');
    return import.meta.url;
  },
  class Kept {
    #count = 0;
    static of = () => new Kept();
    get count() {
      return this.#count;
    }
    *[Symbol.iterator]() {
      yield this.count;
      yield* [];
    }
  },
  {
    method() {
      globalThis.seen = clearTimeout;
    },
  }.method,
];
for (const part of parts) console.log(String(part));
console.log(`${parts[0]}`.length, Function.prototype.toString.call(Math.max), typeof read);
console.log(String(Function.prototype.toString), Object.keys(Function.prototype));
console.log(new Function(`return (${parts[0]})()`)());
