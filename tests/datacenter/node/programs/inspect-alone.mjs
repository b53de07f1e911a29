// biome-ignore-all lint: what a careful writer would not do is run here too
// inspect() of what has lost its prototype: still known by its class, where it was made by no derived one.
// Run by differential.test.ts.
import { format, inspect } from 'node:util';

const say = (...words) => console.log(...words);
const alone = (object) => Object.setPrototypeOf(object, null);
class Lost {
  x = 1;
}
class LostChild extends Lost {}
for (const object of [
  new Lost(),
  new LostChild(),
  {},
  new URL('http://x/'),
  new (class Sub extends Map {})(),
  new Date(0),
  Lost.prototype,
  Object.create({ inherited: 1 }),
]) {
  say(inspect(alone(object)).split('\n')[0], format('%s', object).split('\n')[0]);
}
const other = new Lost();
Reflect.setPrototypeOf(other, null);
say(other, format('%s', other));
class Kept {}
const accessed = new Kept();
accessed.__proto__ = null;
say(accessed, Object.create(Object.create(null)));
say(
  Object.setPrototypeOf.length,
  Object.setPrototypeOf.name,
  String(Reflect.setPrototypeOf).includes('native'),
);
