// Every form of export. Imported by modules.mjs.
// Names are looked at by the importer in order.
export const one = 1;
export let counter = 0;
export function increase() {
  counter++;
  return counter;
}
export class Box {
  static made = 0;
  value = ++Box.made;
}
export const {
  a,
  b: [c, ...rest],
  ...others
} = { a: 'A', b: ['C', 'D'], e: 'E' };
const hidden = 'hidden';

export { hidden as shown, hidden as 'any text' };
export default function () {
  return 'default function';
}
export * from './more.mjs';
export * as more from './more.mjs';
export { default as moreDefault, two as deux } from './more.mjs';
export async function* numbers() {
  yield 1;
}
export var late;
late = 'assigned later';
