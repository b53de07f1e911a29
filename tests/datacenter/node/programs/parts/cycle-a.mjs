// One half of a cycle: what is hoisted can be used early, what is not cannot.
// Imported by modules.mjs.
import { b, readA } from './cycle-b.mjs';

console.log('a runs', b, readA());
export const a = 'a';
export function hoisted() {
  return 'hoisted from a';
}
