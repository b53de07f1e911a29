// biome-ignore-all lint: what a careful writer would not do is run here too
// What inspect() and console.log() show of values of every kind, with the options that change it.
// Run by differential.test.ts.
import { format, formatWithOptions, inspect } from 'node:util';

const say = (...words) => console.log(...words);
class Point {
  #hidden = 1;
  static kind = 'point';
  constructor(x) {
    this.x = x;
  }
  get y() {
    return this.#hidden;
  }
}
class Empty {}
class Sub extends Map {}
class Odd extends Error {
  name = 'Odd';
}
const circular = { name: 'loop', list: [] };
circular.self = circular;
circular.list.push(circular, { back: circular.list });
const values = [
  undefined,
  null,
  true,
  0,
  -0,
  1.5,
  NaN,
  Infinity,
  10n,
  'text',
  "it's",
  `both ' and "`,
  'line\nbreak\t\u0001',
  Symbol('s'),
  Symbol.iterator,
  [],
  [1, , 3],
  [undefined, null],
  new Array(5),
  [1, [2, [3, [4, [5]]]]],
  Array.from({ length: 120 }, (_, i) => i),
  {},
  { a: 1, 'b-c': 2, [Symbol('k')]: 3, 4: 5 },
  { a: { b: { c: { d: 1 } } } },
  Object.create(null),
  Object.assign(Object.create(null), { a: 1 }),
  Object.create({ inherited: 1 }),
  new Point(3),
  new Empty(),
  new (class {})(),
  new (class extends Empty {})(),
  function named() {},
  () => {},
  async () => {},
  function* generator() {},
  async function* both() {},
  class A {},
  class B extends Empty {},
  Point,
  Math.max,
  new Map([
    ['a', { b: 1 }],
    [{ k: 1 }, 'v'],
  ]),
  new Set([1, 'two', [3]]),
  new Sub([[1, 2]]),
  new WeakMap(),
  new WeakSet(),
  [1, 2][Symbol.iterator](),
  'ab'[Symbol.iterator](),
  'ab'.matchAll(/a/g),
  (function* () {})(),
  new Date(0),
  new Date(NaN),
  /re/gi,
  new Number(3),
  new String('boxed'),
  new Boolean(false),
  Object(Symbol('x')),
  Object(5n),
  new Uint8Array([1, 2]),
  new Float64Array(3),
  new ArrayBuffer(4),
  new DataView(new ArrayBuffer(2)),
  new SharedArrayBuffer(1),
  Buffer.from('abc'),
  new BigInt64Array(2),
  circular,
  globalThis === global,
  Math,
  JSON,
  Atomics,
  Reflect,
  new Proxy({}, {}).constructor.name,
  {
    get a() {
      return 1;
    },
    set a(v) {},
    get b() {
      return 2;
    },
    set c(v) {},
  },
  Object.freeze([1]),
  { f() {}, g: () => {}, async h() {} },
  (function () {
    return arguments;
  })(1, 2),
  new URL('http://user:pw@host:8080/p?q=1#h'),
  new URLSearchParams('a=1&b=2'),
  new AbortController().signal,
  new Event('x').type,
  { toString: () => 'x' },
  [['a', 1]],
  { long: 'x'.repeat(200) },
  ['x'.repeat(80), 'y'.repeat(80)],
  'multi\nline'.repeat(3),
  { [inspect.custom]: (depth, options) => `custom ${depth} ${options.compact}` },
  { [Symbol.toStringTag]: 'Tagged' },
  Object.assign(() => {}, { a: 1 }),
  Object.assign([1], { extra: true, '-1': 2 }),
  new (class Foo {
    get [Symbol.toStringTag]() {
      return 'Bar';
    }
  })(),
  { undefined: undefined, null: null },
  { 'a\nb': 1, ž: 2, $: 3, _: 4 },
  new WeakRef({}).constructor.name,
  [new Date(1e12), /x/],
  ['日本', '😀', 'é'],
  Array.from({ length: 30 }, (_, i) => `item ${i}`),
  Array.from({ length: 10 }, (_, i) => i * 1000),
  { a: [{ b: { c: {} } }] },
  [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ],
  [[[]]],
  [[[[]]]],
  [{}],
  { a: {} },
];
values.forEach((value, index) => say(index, value));
say(Point.prototype, Empty.prototype, Object.prototype, Array.prototype, Function.prototype.constructor.name);
const shown = (value, options) => say(inspect(value, options));
shown({ a: { b: { c: { d: {} } } } }, { depth: 0 });
shown({ a: { b: { c: { d: {} } } } }, { depth: Infinity, compact: false });
shown({ b: 2, a: 1, c: [3, 1] }, { sorted: true, breakLength: 10 });
shown([1, 2, 3, 4], { maxArrayLength: 2 });
shown('x'.repeat(50), { maxStringLength: 10 });
shown(
  { a: 1, s: 'x', n: null, u: undefined, f() {}, d: new Date(0), r: /x/, y: Symbol('q'), b: 1n, t: true },
  { colors: true },
);
shown(new Point(1), { showHidden: true });
shown([1, 2], { showHidden: true });
shown(new Map([[1, { a: 2 }]]), { showHidden: true });
shown(
  {
    get a() {
      return { b: 1 };
    },
  },
  { getters: true },
);
shown(1_234_567.891, { numericSeparator: true });
shown(
  new Set([
    [1, 2],
    [3, 4],
  ]),
  { compact: 1 },
);
shown({ x: { y: { z: 1 } }, list: ['a', 'b'] }, { compact: false, breakLength: 80 });
say(
  format(
    '%s %d %i %f %j %o %O %c %%',
    'text',
    '42',
    3.9,
    '1.5',
    { a: 1 },
    { f() {} },
    { a: { b: { c: { d: 1 } } } },
    'css',
    'extra',
    1,
  ),
);
say(
  format(
    '%s',
    null,
    undefined,
    5n,
    Symbol('a'),
    -0,
    () => 1,
    class X {},
    { a: 1 },
    [1],
    new Error('shown').message,
  ),
);
say(
  format('%d', '0x10'),
  format('%i', 'abc'),
  format('%j', circular),
  format('%'),
  format('%x', 1),
  format(1, 2, '3'),
  format('a', 'b'),
  format('%s', new Date(0)),
  format('%s', {
    toString() {
      return 'own';
    },
  }),
);
say(
  formatWithOptions({ colors: true }, '%o', [1]),
  format('%s %s', 'only one'),
  format('%d', 5n),
  format('%f', 'x'),
  format('100%'),
);
const error = new Error('message');
error.stack = 'Error: message\n    at somewhere';
shown(error);
shown({ error });
const odd = new Odd('odd message', { cause: error });
odd.stack = 'Odd: odd message\n    at nowhere';
odd.code = 'E_ODD';
odd.detail = { deep: [1] };
shown(odd);
const bare = new RangeError('no stack');
bare.stack = undefined;
shown(bare);
const group = new AggregateError([error], 'several');
group.stack = 'AggregateError: several\n    at place';
shown(group);
const nameless = new Error('');
nameless.stack = 'Error\n    at x';
shown([nameless]);
const plain = new TypeError('t');
plain.stack = 'no trace at all';
shown(plain);
shown(Object.assign(new DOMException('dom', 'AbortError'), { stack: 'AbortError: dom\n    at z' }));

// What iterators of maps and sets have left is shown, and is still theirs to give.
{
  const map = new Map([
    [1, 'a'],
    [2, { deep: [1] }],
    [3, 'c'],
  ]);
  const entries = map.entries();
  entries.next();
  console.log(entries, entries);
  console.log([...entries], [...entries]);
  const keys = map.keys();
  console.log(keys);
  for (const key of keys) if (key === 2) break;
  console.log(keys, String(keys), keys.next(), keys.next());
  console.log(new Set(['x', 'y']).entries(), Array.from(inspectedValues()), new Map().keys());
  console.table(map.entries());

  function inspectedValues() {
    const values = new Set(['x', 'y']).values();
    console.log(values);
    return values;
  }
}
