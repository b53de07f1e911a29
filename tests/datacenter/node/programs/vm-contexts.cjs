// node:vm in contexts of their own: what their globals are, what scripts leave there, and how scripts end.
const vm = require('node:vm');

const context = vm.createContext({ a: 1 });
const run = (code, options, where = context) => {
  try {
    console.log(vm.runInContext(code, where, options));
  } catch (error) {
    console.log(error.name, error.message, error.code);
  }
};
run('a + 1');
run('x = 5');
run('var y = 2; function f() { return y } f()');
run('"use strict"; var z = 3; z');
console.log(context);
run('"use strict"; undeclared = 3');
run('missing');
run('missing = missing + 1');
run('typeof missing + typeof Object + typeof process');
run('let l = 4; const k = 5; class K {}');
run('l + k + typeof K + typeof this.l');
run('k = 1');
run('let l');
run('var k');
run('this.constructor.name');
run('(function () { return this === globalThis })()');
run('"use strict"; (function () { return typeof this })()');
run('const inner = () => this; inner() === globalThis');
run('globalThis.a + eval("a + y") + (0, eval)("1")');
run('for (var i = 0; i < 3; i++) i');
run('var [p, {q = 7}] = [1, {}]; p + q');
run('for (var v of [1, 2]) v');
run('for (var key in { one: 1 }) key');
run('delete x; typeof x');
run('1; var w = 2');
run('({a} = {a: 9}); a');
run('f = () => 8; f()');
run('if (true) { function g() { return 1 } } g()');
run('Object.getOwnPropertyDescriptor(this, "a").enumerable + Object.keys(this).sort().join()');
run('while (true) {}', { timeout: 5 });
run('try { while (true) {} } catch { 1 }', { timeout: 5 });
run('let n = 0; while (n < 100) n++; n', { timeout: 1000 });
console.log(Object.keys(context), vm.isContext(context), vm.isContext({}));

const watched = vm.createContext({
  get seen() {
    return 'got';
  },
  set seen(value) {
    console.log('set', value);
  },
});
run('seen = 1; seen', {}, watched);
run('Object.defineProperty(this, "fixed", { value: 42 }); fixed = 1; fixed', {}, watched);
run('"use strict"; fixed = 0', {}, watched);
run('self', {}, vm.createContext(Object.defineProperty({}, 'self', { value: 'own' })));
const nested = { outer: context };
nested.me = nested;
run('me === globalThis', {}, vm.createContext(nested));

console.log(vm.runInNewContext('hello + " " + typeof process', { hello: 'hi' }));
const script = new vm.Script('count = (globalThis.count ?? 0) + step', { filename: 'count.js' });
const other = vm.createContext({ step: 10 });
context.step = 1;
console.log([context, other, context, other].map((each) => script.runInContext(each)));
const plain = vm.createContext(vm.constants.DONT_CONTEXTIFY);
vm.runInContext('var d = 3', plain);
console.log(plain.d, vm.runInContext('this', plain) === plain, Object.keys(plain));
const made = vm.compileFunction('return a + b + typeof c', ['b'], {
  parsingContext: context,
  contextExtensions: [{ c: 1 }],
});
console.log(made(2), made.length);
try {
  vm.runInContext('\nfunction thrower() {\n  throw new TypeError("from inside");\n}\nthrower()', context, {
    filename: 'thrower.js',
    lineOffset: 2,
  });
} catch (error) {
  console.log(error.stack.split('\n').slice(0, 6).join('\n'));
}
vm.runInThisContext('const told = "a script"; let changed = 1');
vm.runInThisContext('changed += 1');
console.log(told, changed, typeof globalThis.told);
vm.runInNewContext('import("fs")').catch((error) => console.log(error.code));
const data = script.createCachedData();
console.log(
  new vm.Script('count = (globalThis.count ?? 0) + step', { cachedData: data }).cachedDataRejected,
  new vm.Script('1', { cachedData: data }).cachedDataRejected,
);
for (const call of [
  () => vm.createContext('text'),
  () => vm.runInContext('1', {}),
  () => vm.runInNewContext('1', {}, { timeout: 0 }),
  () => vm.runInNewContext('1', null),
])
  try {
    call();
  } catch (error) {
    console.log(error.code);
  }
