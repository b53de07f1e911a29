// Streams: pipeline, backpressure, async iteration, Transform, object mode, errors and destroy.
// Run by differential.test.ts.
import {
  compose,
  Duplex,
  finished,
  PassThrough,
  Readable,
  Transform,
  Writable,
  pipeline as withCallback,
} from 'node:stream';
import { buffer, json, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const say = (...words) => console.log(...words);
const upper = () =>
  new Transform({
    transform(chunk, _encoding, done) {
      done(null, String(chunk).toUpperCase());
    },
    flush(done) {
      this.push('!');
      done();
    },
  });
say(await text(Readable.from(['a', 'b']).pipe(upper())));
await pipeline(
  Readable.from(['one', 'two']),
  async function* (source) {
    for await (const chunk of source) yield `${chunk};`;
  },
  new Writable({
    write(chunk, encoding, done) {
      say('write', String(chunk), encoding);
      setImmediate(done);
    },
    final(done) {
      say('final');
      done();
    },
  }),
);
const slow = new Writable({ highWaterMark: 4, write: (_chunk, _encoding, done) => setTimeout(done, 2) });
say(slow.write('ab'), slow.write('cd'), slow.write('e'), slow.writableLength, slow.writableNeedDrain);
slow.on('drain', () => say('drain', slow.writableLength));
slow.on('finish', () => say('finish')).on('close', () => say('close'));
slow.end('z', () => say('end callback'));
await new Promise((resolve) => slow.on('close', resolve));
slow.write('late', (error) => say('write callback', error.code));
await new Promise((resolve) => {
  slow.on('error', (error) => say('NEVER after close', error.code));
  setTimeout(resolve, 2);
});

const objects = new Transform({
  objectMode: true,
  transform: (value, _encoding, done) => done(null, { doubled: value * 2 }),
});
for (const value of [1, 2, 3]) objects.write(value);
objects.end();
say(await objects.toArray(), objects.readableObjectMode);
say(
  await Readable.from([1, 2, 3, 4])
    .filter((x) => x % 2 === 0)
    .map(async (x) => x * 10)
    .toArray(),
);
say(
  await Readable.from([1, 2, 3]).reduce((sum, x) => sum + x, 0),
  await Readable.from([1, 2, 3]).take(2).toArray(),
);

const paused = new Readable({ read() {} });
paused.push('hello ');
paused.push('world');
paused.push(null);
paused.on('readable', () => {
  for (let chunk = paused.read(4); chunk !== null; chunk = paused.read(4)) say('read', String(chunk));
  const rest = paused.read();
  if (rest !== null) say('rest', String(rest));
});
await new Promise((resolve) => paused.on('end', resolve));
const failing = new Readable({
  read() {
    this.destroy(new Error('broken'));
  },
});
await pipeline(failing, new PassThrough()).catch((error) => say('pipeline failed', error.message));
await new Promise((resolve) =>
  withCallback(Readable.from(['x']), new PassThrough().resume(), (error) => resolve(say('callback', error))),
);
const early = new Readable({ read() {} });
finished(early, (error) => say('finished', error?.code));
early.destroy();
const unfinished = new PassThrough();
setTimeout(() => unfinished.destroy(), 1);
try {
  for await (const chunk of unfinished) say(chunk);
} catch (error) {
  say(error.code, error.message);
}
const stopped = Readable.from(['1', '2', '3']);
for await (const chunk of stopped) {
  say('took', chunk);
  break;
}
say(stopped.destroyed, stopped.readableAborted, stopped.readableDidRead);
const corked = new Writable({
  writev(chunks, done) {
    say(chunks.map(({ chunk, encoding }) => [String(chunk), encoding]));
    done();
  },
  decodeStrings: false,
});
corked.cork();
corked.write('a');
corked.write('62', 'hex');
corked.end(Buffer.from('c'));
await finished.__promisify__?.(corked);
const echo = Duplex.from(async function* (source) {
  for await (const chunk of source) yield `<${chunk}>`;
});
echo.end('in');
say(await text(echo));
say(await json(Readable.from(['{"a":', '[1]}'])), (await buffer(Readable.from(['xy']))).toString('hex'));
say(await text(compose(Readable.from(['c']), upper())));
const decoded = new PassThrough({ encoding: 'utf8' });
decoded.write(Buffer.from([0xe2, 0x82]));
decoded.end(Buffer.from([0xac]));
say(await decoded.toArray());
try {
  new Writable().write(null);
} catch (error) {
  say(error.code, error.message);
}
const nowrite = new Writable();
nowrite.on('error', (error) => say(error.code, error.message));
nowrite.write('x');
const afterEnd = new PassThrough();
afterEnd.on('error', (error) => say(error.code, error.message));
afterEnd.end();
afterEnd.write('y');
