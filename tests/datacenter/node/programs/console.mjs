// The console: groups, tables, counters, assertions, dir, both streams, and a Console of one's own.
// Run by differential.test.ts.
import { Console } from 'node:console';
import { Writable } from 'node:stream';

console.log();
console.log('%s is %d years', 'Bob', 42, 'and more');
console.info('info %j', { a: 1 });
console.debug('debug');
console.error('to stderr', { a: [1] });
console.warn('%o', [1]);
console.group('Level 1');
console.log('indented\nin both lines');
console.group();
console.table([
  { a: 1, b: 'x' },
  { a: 2, c: true },
]);
console.groupEnd();
console.error('indented error');
console.groupEnd();
console.groupEnd();
console.table([
  [1, 2],
  [3, 4],
]);
console.table(
  new Map([
    ['k', { v: 1 }],
    ['l', 2],
  ]),
);
console.table(new Set([1, 'two']));
console.table({ row: { x: 1, y: 2 }, other: 5 });
console.table([{ a: 1, b: 2 }], ['b']);
console.table('not tabular');
console.table(['日本', '😀', 'é']);
console.table([]);
console.assert(true, 'not shown');
console.assert(false, 'shown %s', 'here');
console.assert(false);
console.assert(0, { a: 1 });
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.dirxml([1], { a: 2 });
console.count();
console.count('named');
console.count();
console.countReset();
console.count();
console.countReset('never counted');
console.timeEnd('never started');
const lines = [];
const collect = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk));
    done();
  },
});
const own = new Console({
  stdout: collect,
  stderr: collect,
  inspectOptions: { depth: 0 },
  groupIndentation: 4,
});
own.log({ a: { b: 1 } });
own.group('g');
own.error('e');
console.log(lines);
console.log('a\u0000b', 'é', '\ud800');
console.log({ toString: null }, [console.log.name], typeof console.Console, console[Symbol.toStringTag]);
const { log } = console;
log('detached');
process.stdout.write('no newline');
process.stdout.write('\n', () => console.log('written'));
process.stdout.write(Buffer.from('bytes\n'));
console.log(process.stdout.isTTY, process.stderr.fd, process.stdout.writable);
