// CommonJS with named exports, this, and a look at its own module.
// Required by modules.mjs and common.cjs programs.
console.log(
  'common runs',
  this === exports,
  typeof require,
  __filename.endsWith('common.cjs'),
  module.id === '.' ? 'main' : 'child',
);
exports.named = 'named';
exports.add = (x, y) => x + y;
module.exports.self = () => module.exports === exports;
