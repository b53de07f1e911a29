// biome-ignore-all lint: what a careful writer would not do is run here too
// The rest of util: promisify, types, inherits, deprecate, styleText, parseArgs, deep equality, and so on.
// Run by differential.test.ts.
import util from 'node:util';

const { getCallSites } = util;
const say = (...words) => console.log(...words);
const attempt = (run) => {
  try {
    say(run());
  } catch (error) {
    say(error.name, error.code, error.message);
  }
};
const slow = (value, done) =>
  setImmediate(() => (value < 0 ? done(new Error('negative')) : done(null, value * 2)));
say(
  await util.promisify(slow)(4),
  await util
    .promisify(slow)(-1)
    .catch((error) => error.message),
);
const own = () => {};
own[util.promisify.custom] = async () => 'custom';
say(await util.promisify(own)());
attempt(() => util.promisify(5));
util.callbackify(async (a) => a + 1)(1, (error, value) => say('callbackify', error, value));
util.callbackify(async () => {
  throw null;
})((error) => say('callbackify', error.message, error.code, error.reason));
await new Promise((resolve) => setTimeout(resolve, 5));
function Old() {}
function Older() {}
Older.prototype.greet = () => 'hello';
util.inherits(Old, Older);
say(new Old().greet(), Old.super_ === Older, new Old());
attempt(() => util.inherits(Old, null));
const old = util.deprecate((x) => x, 'old() is old', 'DEP_TEST');
say(old(1), old(2), util.stripVTControlCharacters('\u001b[31mred\u001b[0m'));
say(
  JSON.stringify(util.styleText('red', 'x')),
  JSON.stringify(util.styleText(['bold', 'underline'], 'y', { validateStream: false })),
);
attempt(() => util.styleText('pinkish', 'x'));
say(
  util.parseArgs({
    args: ['-f', '--bar', 'b', 'pos', '--no-color', '--list=1', '--list=2'],
    options: {
      foo: { type: 'boolean', short: 'f' },
      bar: { type: 'string' },
      color: { type: 'boolean' },
      list: { type: 'string', multiple: true },
    },
    allowPositionals: true,
    allowNegative: true,
    tokens: true,
  }),
);
attempt(() => util.parseArgs({ args: ['--unknown'], options: {} }));
attempt(() => util.parseArgs({ args: ['pos'] }));
attempt(() => util.parseArgs({ args: ['--bar'], options: { bar: { type: 'string' } } }));
const pairs = [
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
  [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])],
  [NaN, NaN],
  [0, -0],
  [1, '1'],
  [
    [1, , 2],
    [1, undefined, 2],
  ],
  [new Date(1), new Date(1)],
  [/a/g, /a/i],
  [new Error('a'), new Error('a')],
  [Buffer.from('a'), new Uint8Array([97])],
  [{ a: undefined }, {}],
  [Object.create(null), {}],
  [new Uint8Array(2), new Uint8Array(2)],
  [Object(1), Object(1)],
  [Symbol.iterator, Symbol.iterator],
  [[1, 2], { 0: 1, 1: 2, length: 2 }],
];
for (const [a, b] of pairs) say(util.isDeepStrictEqual(a, b));
const { types } = util;
const things = {
  date: new Date(),
  regexp: /x/,
  map: new Map(),
  set: new Set(),
  weakMap: new WeakMap(),
  promise: Promise.resolve(),
  error: new TypeError(),
  async: async () => {},
  generator: function* () {},
  object: (function* () {})(),
  buffer: Buffer.alloc(1),
  arrayBuffer: new ArrayBuffer(1),
  shared: new SharedArrayBuffer(1),
  view: new DataView(new ArrayBuffer(1)),
  number: Object(1),
  symbol: Object(Symbol('q')),
  args: (function () {
    return arguments;
  })(),
  mapIterator: new Map().keys(),
  f32: new Float32Array(),
  fake: { [Symbol.toStringTag]: 'Date' },
  fakeProto: Object.create(Date.prototype),
  errorLike: Object.create(Error.prototype),
  asyncGenerator: async function* () {},
  bigint: Object(1n),
  plain: {},
};
for (const [name, thing] of Object.entries(things))
  say(
    name,
    Object.keys(types)
      .filter(
        (test) =>
          test !== 'isExternal' && test !== 'isCryptoKey' && test !== 'isKeyObject' && types[test](thing),
      )
      .join(' '),
  );
say(util.types.isModuleNamespaceObject(await import('node:util')), util.inspect.defaultOptions.depth);
say(
  util.toUSVString('a\ud800'),
  util.getSystemErrorName(-2),
  util.getSystemErrorMap().get(-111),
  util.getSystemErrorMessage(-98),
);
say(
  util.parseEnv(
    'A=1\n# no\nB="two\\nlines"\nexport C = \'three\' # tail\nD=a=b\nE=\nF=`back`\nbad line\nG=x # c',
  ),
);
say(util.stripVTControlCharacters('plain'), util.debuglog('test').enabled, util.diff?.('a', 'b'));
say(new util.MIMEType('text/html; charset=utf-8').essence, String(new util.MIMEParams()), util.aborted.name);
say(util.getCallSites(1)[0].scriptName.split('/').at(-1), util.getCallSites(1)[0].lineNumber);
if (true)
  say(
    [1].map(() => getCallSites(1)[0].columnNumber),
    getCallSites(1)[0].columnNumber,
  );
say(new util.TextDecoder().encoding, util.isArray([]), util.inspect(new Proxy([1], {})));
const controller = new AbortController();
util.aborted(controller.signal, {}).then(() => say('aborted told'));
controller.abort();
await null;
say(structuredClone({ a: new Map([[1, new Date(0)]]), b: [1n, /x/g] }));
say(util.types.isBoxedPrimitive(Object('a')), util.types.isNativeError(new DOMException('x')));
util.debuglog('quiet')('nothing');
