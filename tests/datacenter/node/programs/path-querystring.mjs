// path (both flavours) and querystring: joins, parses, escapes, and their errors.
// Run by differential.test.ts.
import path, { posix, win32 } from 'node:path';
import qs from 'node:querystring';

const say = (...words) => console.log(...words);
for (const flavour of [posix, win32]) {
  say(
    flavour.join('/a', '..', 'b', './c', ''),
    flavour.join(),
    flavour.normalize('/a//b/../c/.'),
    flavour.resolve('/a', 'b', '../c'),
    flavour.relative('/a/b/c', '/a/d'),
    flavour.isAbsolute('a'),
    flavour.isAbsolute('/a'),
  );
  for (const input of [
    '/home/user/file.txt',
    'file',
    '.hidden',
    'a.b.c',
    '/',
    '',
    'dir/',
    'C:\\x\\y.z',
    '..',
    'a..',
  ]) {
    say(
      flavour.parse(input),
      flavour.basename(input),
      flavour.extname(input),
      flavour.dirname(input),
      flavour.basename(input, '.txt'),
    );
  }
  say(
    flavour.format({ dir: '/d', name: 'n', ext: 'e' }),
    flavour.format({ root: '/', base: 'b' }),
    flavour.sep,
    flavour.delimiter,
    flavour.toNamespacedPath('/x'),
  );
}
say(path === posix, path.resolve('x').endsWith('/x'));
try {
  path.join(1);
} catch (error) {
  say(error.name, error.code, error.message);
}
for (const input of ['a=1&b=2&a=3', 'a', '=x', '&&', 'a=%20+b', 'a=%zz', 'a=b=c', 'ž=%C5%BE', '__proto__=1'])
  say(qs.parse(input));
say(
  qs.parse('a:1;b:2', ';', ':'),
  qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }),
  qs.stringify({ a: [1, 'x y'], b: true, c: null, d: NaN, e: 5n, f: {}, 'ž&': 'é=' }),
  qs.stringify({ a: 1, b: 2 }, ';', ':'),
  qs.escape('a b&ž'),
  qs.unescape('a%20b%zz'),
  qs.stringify('x'),
  qs.stringify({}),
);
try {
  qs.escape('\ud800');
} catch (error) {
  say(error.name, error.code, error.message);
}
