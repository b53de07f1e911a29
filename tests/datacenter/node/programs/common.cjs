// biome-ignore-all lint: what a careful writer would not do is run here too
// CommonJS: require in every way, cycles, JSON, cache, module.exports, this, sloppy code.
// Run by differential.test.ts.
const say = (...values) => console.log(...values);
say(
  this === module.exports,
  __filename.endsWith('common.cjs'),
  __dirname.endsWith('/programs'),
  require.main === module,
  module.id,
  module.filename === __filename,
  module.loaded,
  typeof module.children,
  module.paths.length > 0,
);
say(
  require('fs') === require('node:fs'),
  require('./parts/words.json'),
  require('./parts/words'),
  require('./parts/common.cjs').named,
);
say(
  require('./parts/cycle-c.cjs'),
  require('./parts/replaced.cjs')(),
  require('./parts/common.cjs') === require('./parts/common.cjs'),
);
say(
  require('./parts/more.mjs').two,
  require.resolve('./parts/words.json').endsWith('/parts/words.json'),
  require.resolve('fs'),
  Object.keys(require.cache).length > 2,
);
for (const bad of ['./none', 'no-package', '', 5]) {
  try {
    require(bad);
  } catch (error) {
    say(error.name, error.code, error.message.split('\n')[0], error.requireStack?.length);
  }
}
sloppy = 'implicit global';
say(typeof sloppy, globalThis.sloppy, delete globalThis.sloppy, typeof arguments);
say(
  (function () {
    return typeof this;
  })(),
  typeof undeclared,
);
import('./parts/exports.mjs').then((all) => say(all.one, all.default()));
with_test: {
  say('block label');
  break with_test;
}
var process_ = process;
say(process_ === global.process);
function hoisted() {
  return inner();
  function inner() {
    return 'inner';
  }
}
say(hoisted());
exports.done = true;
say(module.exports.done, require.extensions !== undefined);
