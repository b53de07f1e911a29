// require() as programs lean on it: its cache, parents and children, folders, paths, and modules that fail.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'require-'));
const put = (name, text) => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
};
const short = (text) => String(text).replaceAll(root, '<root>');

const count = put('count.js', 'globalThis.loads = (globalThis.loads ?? 0) + 1; module.exports = { loads };');
const first = require(count);
console.log(first === require(count), globalThis.loads, require.cache[count].exports === first);
delete require.cache[count];
console.log(first === require(count), globalThis.loads);
require.cache[count] = { exports: 'replaced' };
console.log(require(count));
require.cache.fs = { exports: 'no files' };
const bare = 'fs';
console.log(require(bare), require('node:fs') === fs);
delete require.cache.fs;

put('child.js', 'exports.parent = module.parent; exports.isMain = require.main === module;');
const parent = put('parent.js', 'exports.child = require("./child"); exports.module = module;');
const loaded = require(parent);
console.log(loaded.child.isMain, short(loaded.child.parent.filename), loaded.module.children.length);
console.log(
  module.parent,
  require.main === module,
  module.children.some((child) => child.filename === parent),
);

put('folder/package.json', '{"main": "lib/start"}');
put('folder/lib/start.js', 'module.exports = "by main"');
put('plain/index.js', 'module.exports = require(".." + "/count2") + require("..")');
put('count2.js', 'module.exports = "file "');
put('index.js', 'module.exports = "index above"');
console.log(require(path.join(root, 'folder')), require(path.join(root, 'plain')), require(`${root}/plain/`));

const fails = put(
  'fails.js',
  'globalThis.tries = (globalThis.tries ?? 0) + 1; throw new Error("try " + tries);',
);
for (let i = 0; i < 2; i++)
  try {
    require(fails);
  } catch (error) {
    console.log(error.message, fails in require.cache);
  }
put('a.js', 'exports.early = 1; exports.b = require("./b").seen; exports.late = 2;');
put('b.js', 'exports.seen = { ...require("./a") };');
console.log(require(path.join(root, 'a')));

console.log(require.resolve.paths('fs'), require.resolve.paths('./x')[0] === __dirname);
console.log(
  require.resolve
    .paths('pkg')
    .slice(0, 1)
    .map((each) => path.relative(__dirname, each)),
);
console.log(short(require.resolve('./a', { paths: [root] })));
// Without its scheme the name of such a module is a package's.
const { builtinModules, isBuiltin } = require('node:module');
console.log(builtinModules.includes('node:test'), ['test', 'node:test', 'fs', 'node:fs'].map(isBuiltin));
console.log(typeof require('node:test').describe);
for (const call of [
  () => require('test'),
  () => require(''),
  () => require(1),
  () => require.resolve('./none', { paths: [root] }),
])
  try {
    call();
  } catch (error) {
    console.log(error.code, short(error.message).split('\n')[0]);
  }

// Packages that are one file or a link, folders of NODE_PATH, a `main` that leads nowhere.
put('node_modules/onefile.js', 'module.exports = "one file"');
put('store/linked/index.js', 'module.exports = [__dirname, require("./own")]');
put('store/linked/own.js', 'module.exports = module.filename');
fs.symlinkSync(path.join(root, 'store/linked'), path.join(root, 'node_modules/linked'));
put('node_modules/lost/package.json', '{"main": "nowhere.js"}');
put('node_modules/lost/index.js', 'module.exports = "by index"');
put('inner/node_modules/onefile/readme.md', '');
const asks = put('inner/asks.js', 'module.exports = require');
const ask = require(asks);
console.log(ask('onefile'), ask('linked').map(short), ask('lost'));
put('main.js', 'console.log(require.main === module, __filename)');
fs.symlinkSync('main.js', path.join(root, 'link.js'));
const { execFileSync } = require('node:child_process');
for (const name of ['main', 'link', 'link.js'])
  console.log(short(execFileSync(process.execPath, [path.join(root, name)])));
process
  .removeAllListeners('warning')
  .on('warning', ({ name, code, message }) => console.log(name, code, short(message)));
const Module = require('node:module');
put('shared/global.js', 'module.exports = "by NODE_PATH"');
process.env.NODE_PATH = path.join(root, 'shared');
Module._initPaths();
console.log(ask('global'), Module.globalPaths.map(short).slice(0, 1));
console.log(Module._stat(root), Module._stat(asks), Module._stat(`${root}/none`) < 0);
for (const call of [
  () => ask.resolve('onefile', { paths: [] }),
  () => ask.resolve('./x', { paths: [1] }),
  () => ask.resolve('node:unknown'),
  () => ask('node:unknown'),
  () => ask.resolve(1),
])
  try {
    call();
  } catch (error) {
    console.log(error.name, error.code, short(error.message).split('\n')[0]);
  }
fs.rmSync(root, { recursive: true });
try {
  require('./parts/awaits.mjs');
} catch (error) {
  console.log(error.code);
}
