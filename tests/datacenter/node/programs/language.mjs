// biome-ignore-all lint: what a careful writer would not do is run here too
// The language through the compile step: classes, generators, tags, labels, closures in loops, destructuring.
// Run by differential.test.ts.

import { basename } from 'node:path';
import { format, inspect, styleText as tag } from 'node:util';

const say = (...values) => console.log(...values);
class Private {
  #field = 1;
  static #count = 0;
  static {
    Private.#count = 10;
  }
  accessor = 2;
  get #value() {
    return this.#field;
  }
  set #value(v) {
    this.#field = v;
  }
  #method(...given) {
    return given.length + this.#value;
  }
  static #hidden() {
    return Private.#count++;
  }
  static make() {
    return [new Private(), Private.#hidden(), Private.#count];
  }
  has(other) {
    return #field in other;
  }
  run() {
    this.#value += 5;
    this.#field ||= 3;
    return this.#method(1, 2);
  }
  *[Symbol.iterator]() {
    yield this.#field;
    yield* [1, 2];
  }
  async *later() {
    yield this.#field;
  }
  static async = 'field called async';
  get = 'field called get';
  'quoted name'() {
    return 1;
  }
  [`computed ${1 + 1}`] = () => this.#field;
  static static() {
    return 'static static';
  }
}
const it = new Private();
say(
  it.run(),
  it.has(it),
  it.has({}),
  [...it],
  Private.make().slice(1),
  Private.async,
  it.get,
  it['quoted name'](),
  it['computed 2'](),
  Private.static(),
);
for await (const value of it.later()) say(value);
function* talk() {
  try {
    const got = yield 1;
    say('got', got);
    yield* (function* () {
      return yield 2;
    })();
  } finally {
    say('cleanup');
  }
}
const talking = talk();
say(talking.next(), talking.next('x'), talking.return('r'), talking.next());
function own(strings, ...values) {
  return strings.raw.join('|') + values.join();
}
say(own`a${1}b\n${2}c`, String.raw`\u00e9${1}`, tag('red', 'x').length, format`%s`, basename('/a/b'));
const closures = [];
for (let i = 0; i < 3; i++) closures.push(() => i);
for (const key in { a: 1, b: 2 }) closures.push(() => key);
for (const [x, y = 5] of [[1], [2, 3]]) closures.push(() => [x, y]);
say(closures.map((f) => f()));
outer: for (let i = 0; ; i++) {
  for (;;) {
    if (i > 2) break outer;
    continue outer;
  }
}
let n = 0;
do n++;
while (n < 5);
while (n-- > 0)
  if (n === 2) break;
  else continue;
say(n);
for (var i = 0, j = 10; i < j; i++, j--);
say(i, j);
for (const x of [1]) say(x);
for (const x in [1]) say(x);
if (n)
  for (;;) {
    break;
  }
else say('else');
const { a = 1, b: { c = 2, ...d } = {}, ...e } = { b: { x: 1 }, z: 2 };
say(a, c, d, e);
const [p, , q = 'q', ...r] = 'abcdef';
say(p, q, r);
say(((x, y = x, { z } = { z: y }, ...w) => [x, y, z, w])(1, undefined, undefined, 4));
say(
  (() => ({ object: 1 }))(),
  (() => [])(),
  (async () => 1)() instanceof Promise,
  (
    (x) => (y) =>
      x + y
  )(1)(2),
  (() => void 0)(),
  (() => (1, 2))(),
);
say(
  [3, 1, 2].toSorted(),
  Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')),
  [1, 2].at(-1),
  'aXbX'.replaceAll('X', () => '-'),
  2 ** 10,
  null ?? 'd',
  undefined?.x?.[1]?.(),
);
switch (n) {
  case 1: {
    say('one');
  }
  case 2: {
    say('two');
    const z = 1;
  }
  default:
    say('fell', z);
}
try {
  try {
    throw 1;
  } catch {
    say('bare catch');
    throw 2;
  } finally {
    say('finally');
  }
} catch (error) {
  say(error);
}
const f = function fact(k) {
  return k < 2 ? 1 : k * fact(k - 1);
};
say(f(5), f.name, f.length);
say(((...args) => args.length)(...[1, 2], 3), Math.max(...[1, 5]), { ...{ a: 1 }, b: 2 }, [
  ...'ab',
  ...new Set([1]),
]);
var hoistedVar = typeof notYet;
{
  function notYet() {}
}
say(hoistedVar, typeof notYet);
say(
  new (class {
    constructor() {
      this.target = new.target.name;
    }
  })().target,
  (function () {
    return new.target;
  })(),
);
const o = {
  get x() {
    return 1;
  },
  set x(v) {
    say('set', v);
  },
  async *gen() {
    yield 1;
  },
  ['k' + 1]: 2,
  say() {
    return super.toString === Object.prototype.toString;
  },
  async: 1,
  get: 2,
  of: 3,
};
o.x = 5;
say(o, o.say());
say(
  `${`nested ${`twice ${1}`}`}`,
  /[/]\/(?<name>x)/u.exec('//x')?.groups.name,
  1_000,
  0b11,
  0o17,
  0xffn,
  0.5,
  (5).toString(),
);
label: {
  break label;
}
say('after label');
var let_ = 1;
for (;;) break;
say([...'x'].map(inspect), eval('1 + 1'), new Function('x', 'return x * 2')(4), (0, eval)('typeof say'));
async function order() {
  say('o1');
  await 0;
  say('o2');
  for await (const x of [Promise.resolve(1), 2]) say('o', x);
  return 'o3';
}
order().then(say);
say('sync');
await using_();
async function using_() {
  {
    using d = { [Symbol.dispose]: () => say('disposed') };
    say('in scope', typeof d);
  }
  await using e = { [Symbol.asyncDispose]: async () => say('async disposed') };
}

globalThis.Made = class Made {
  static Inner = Made;
  constructor(value = 0) {
    this.value = value;
  }
};
say(
  new Made(1),
  new Made(),
  new Made(2).value,
  new Made.Inner(3),
  new Made.Inner(),
  typeof new Made(),
  Made?.name,
);
