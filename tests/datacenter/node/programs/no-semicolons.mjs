// biome-ignore-all lint: what a careful writer would not do is run here too
// biome-ignore-all format: code without semicolons is what is tested
// Statements that end by themselves, where what the compile step puts in must not join lines.
// Run by differential.test.ts.

import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import * as util from 'node:util'

const say = (...values) => console.log(...values)
let x = 1
say(x)
join('a', 'b')
let y = x
join('c', 'd')
const list = []
;[1, 2].forEach((value) => list.push(value))
say(list)
const bus = new EventEmitter()
util.format('x')
bus.on('a', () => say('heard'))
bus.emit('a')
var f = () => 1
join('e')
const g = () => 2
join('f')
const joined = join
join('g')
const chained = join('h')
  .toUpperCase()
  .toLowerCase()
say(f(), g(), joined('z'), chained)
if (x) join('i')
else join('j')
if (x)
  join('k')
else
  join('l')
for (const value of list) join('m')
do join('n')
while (x++ < 3)
const result = list
  .map((value) => value * 2)
  .filter((value) =>
    value > 1)
say(result, x, y)
switch (x) {
  case 4:
    y = 5
    join('o')
    say('four')
    break
  default:
    join('p')
}
const template = `a`
util.inspect(1)
const after = () => {}
util.inspect(2)
class A {
  field = 1
  static other = join('q')
  method() {
    return this.field
  }
}
const made = new A
util.inspect(3)
say(made.method(), A.other, template, after())
let i = 0
i++
join('r')
++i
say(i)
export const exported = join('s')
join('t')
const arrow = () => join('u')
const object = { join }
join('v')
label:
join('w')
say(arrow(), object.join('x'))
function nothing() {
  return
  join('never')
}
say(nothing())
throwing()
function throwing() {
  try { throw new Error('t') } catch (error) { join('y') } finally { join('z') }
}

export { join as renamed }

say('end')
export default join
join('end')
