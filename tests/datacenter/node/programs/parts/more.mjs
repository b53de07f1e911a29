// More exports, some of which the importer has already.
// Imported by exports.mjs.
export const two = 2;
export const one = 'never seen through the star';
export default class {
  name = 'anonymous class';
}
