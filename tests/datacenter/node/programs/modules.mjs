// biome-ignore-all lint: what a careful writer would not do is run here too
// ES modules: forms of import and export, live bindings, cycles, JSON and CommonJS, import.meta, dynamic import.
// Run by differential.test.ts.
import './parts/side.mjs';
import fs, { readFileSync as read } from 'node:fs';
import * as path from 'path';
import arrow from './parts/arrow.mjs';
import common, { named } from './parts/common.cjs';
import { a } from './parts/cycle-a.mjs';
import * as everything from './parts/exports.mjs';
import make, {
  Box,
  c,
  counter,
  deux,
  increase,
  late,
  more,
  moreDefault,
  numbers,
  one,
  others,
  rest,
  shown,
  'any text' as text,
  two,
} from './parts/exports.mjs';
import { awaited } from './parts/late.mjs';
import words from './parts/words.json' with { type: 'json' };

const say = (...values) => console.log(...values);
say(typeof read, fs.readFileSync === read, path.join('a', 'b'), arrow(), arrow.name, make(), make.name);
say(
  one,
  counter,
  increase(),
  increase(),
  counter,
  everything.counter,
  new Box().value,
  c,
  rest,
  others,
  shown,
  text,
  two,
  deux,
  late,
  more.two,
  new moreDefault().name,
  moreDefault.name,
);
for await (const number of numbers()) say(number);
say(
  Object.keys(everything),
  everything[Symbol.toStringTag],
  Object.getPrototypeOf(everything),
  'default' in everything,
);
say(everything);
for (const bad of [
  () => (everything.one = 2),
  () => delete everything.one,
  () => Object.defineProperty(everything, 'new', { value: 1 }),
  () => (everything.fresh = 1),
]) {
  try {
    say(bad());
  } catch (error) {
    say(error.name);
  }
}
say(common, named, common.add(1, 2), common.self(), words.words, awaited, a);
say(
  import.meta.url.endsWith('/modules.mjs'),
  import.meta.filename.endsWith('/modules.mjs'),
  import.meta.dirname.endsWith('/programs'),
  import.meta.resolve('./x.mjs').endsWith('/programs/x.mjs'),
  import.meta.resolve('node:fs'),
  typeof import.meta,
  import.meta.main,
);
const again = await import('./parts/exports.mjs');
say(
  again === everything,
  (await import('./parts/common.cjs')).default === common,
  (await import(`./parts/${'more'}.mjs`)).two,
);
say(await import('./parts/words.json', { with: { type: 'json' } }));
for (let i = 0; i < 2; i++)
  await import('./parts/throws.mjs').catch((error) => say(error.name, error.message));
await import('./parts/none.mjs').catch((error) =>
  say(error.code, error.message.replace(/'.*?'/, 'PATH').replace(/from .*/, '')),
);
await import('no-such-package').catch((error) => say(error.code, error.message.replace(/from .*/, '')));
await import('node:no-such').catch((error) => say(error.code, error.message));
{
  const one = 'shadowed';
  const make = () => one;
  say(one, make(), { one, two }, { one: two, [shown]: counter });
}
function shadow(two, { shown: renamed = deux, ...left } = {}, counter = two) {
  return [two, renamed, left, counter, one];
}
say(shadow('p'), shadow(1, { shown: 2, x: 3 }, 4), ((one) => one)('argument'));
say(
  [one, two].map((two) => two * deux),
  `${one} ${two}`,
  typeof undeclared,
  typeof one,
  typeof increase,
);
const { one: first = two, ...remaining } = { x: one };
say(first, remaining, increase?.(), Box?.made, (0, increase)());
class Derived extends Box {
  [shown] = one;
  increase = increase;
  one() {
    return one;
  }
  static two = two;
}
say(new Derived(), new Derived().one(), Derived.two, new Derived().increase());
try {
  one = 5;
} catch (error) {
  say(error.name, error.message);
}
label: for (const two of [1, 2, 3]) {
  for (const deux of [1, 2]) {
    if (two === 2) continue label;
    say(two, deux, one);
  }
}
function callee() {
  return this === undefined;
}
say(callee(), (() => this)(), import.meta.url === `file://${import.meta.filename}`);
say(typeof require, typeof module, typeof exports, typeof __filename);
