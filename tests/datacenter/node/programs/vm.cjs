// node:vm on the process's own globals: values of scripts, their globals, functions from text, and where errors are.
const vm = require('node:vm');

console.log(vm.runInThisContext('1 + 1'), vm.runInThisContext('var a = 2; let b = 3; a * b'));
console.log(globalThis.a, typeof globalThis.b, vm.runInThisContext('typeof nothing'));
console.log(vm.runInThisContext('function twice(x) { return 2 * x } twice(a)'), twice(4));
console.log(
  vm.runInThisContext('if (a) { "yes" } else { "no" }'),
  vm.runInThisContext('for (var i = 0; i < 3; i++) i'),
  i,
);
const script = new vm.Script('counter = (globalThis.counter ?? 0) + 1', { filename: 'counter.js' });
console.log(script.runInThisContext(), script.runInThisContext(), counter);
console.log(vm.runInThisContext('this === globalThis && typeof require'));
console.log(
  vm.runInThisContext('[].constructor === Array'),
  vm.runInThisContext('"use strict"; (function () { return this })()'),
);
const add = vm.compileFunction('return x + (y ?? 1)', ['x', 'y']);
console.log(add(1, 2), add(1), add.length, typeof add.name);
for (const code of ['var x = ;', '}', '(', 'return 1'])
  try {
    new vm.Script(code, { filename: 'bad.js' });
  } catch (error) {
    console.log(error.name, String(error.stack).split('\n')[0]);
  }
try {
  vm.runInThisContext('\n\nthrow new TypeError("from the script")', {
    filename: 'thrower.js',
    lineOffset: 5,
  });
} catch (error) {
  console.log(error.message, /thrower\.js:(\d+)/.exec(error.stack)?.[1]);
}
for (const call of [
  () => vm.runInThisContext('missing'),
  () => new vm.Script(''),
  () => vm.compileFunction(1),
  () => vm.isContext(1),
])
  try {
    console.log(typeof call());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
console.log(vm.isContext({}), Object.keys(vm).length);
vm.runInThisContext('(async () => { await null; console.log("waited") })()');
