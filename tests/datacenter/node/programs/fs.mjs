// Reading files: at once, by callback, by promise, by stream; folders, stats, and errors' texts.
// Run by differential.test.ts.
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const say = (...words) => console.log(...words);
const here = import.meta.dirname;
const file = `${here}/parts/words.json`;
const attempt = (run) => {
  try {
    say(run());
  } catch (error) {
    say(error.name, error.code, error.errno, error.syscall, error.message, Object.keys(error));
  }
};
say(
  fs.readFileSync(file, 'utf8'),
  fs.readFileSync(file).length,
  JSON.parse(fs.readFileSync(new URL('parts/words.json', import.meta.url), 'utf8')),
);
attempt(() => fs.readFileSync('none.txt'));
attempt(() => fs.readFileSync(here));
attempt(() => fs.readFileSync(here, 'utf8'));
attempt(() => fs.readdirSync(file));
attempt(() => fs.statSync('none'));
attempt(() => fs.openSync('none', 'r'));
attempt(() => fs.readFileSync(5.5));
attempt(() => fs.closeSync(999));
attempt(() => fs.accessSync('none'));
attempt(() => fs.realpathSync('none'));
attempt(() => fs.readFileSync('a\0b'));
attempt(() => fs.readFileSync(file, 'nonsense'));
attempt(() => fs.statSync('none', { throwIfNoEntry: false }));
say(fs.existsSync(file), fs.existsSync('none'), fs.realpathSync('./parts/../parts').endsWith('/parts'));
say(
  fs.readdirSync(`${here}/parts`).filter((name) => name.startsWith('w')),
  fs
    .readdirSync(`${here}/parts`, { withFileTypes: true })
    .filter((entry) => entry.name === 'words.json')
    .map((entry) => [entry.name, entry.isFile(), entry.isDirectory(), entry.parentPath.endsWith('/parts')]),
);
const stat = fs.statSync(file);
say(
  stat.isFile(),
  stat.isDirectory(),
  stat.size,
  stat.mtime instanceof Date,
  typeof stat.ino,
  Object.keys(stat).length,
  (stat.mode & 0o400) !== 0,
  fs.lstatSync(here).isDirectory(),
  typeof fs.statSync(file, { bigint: true }).size,
);
const fd = fs.openSync(file);
const into = Buffer.alloc(8);
say(
  fs.readSync(fd, into),
  String(into),
  fs.readSync(fd, into, 0, 4, 0),
  String(into),
  fs.fstatSync(fd).size === stat.size,
);
fs.closeSync(fd);
attempt(() => fs.readSync(fd, into));
await new Promise((resolve) =>
  fs.readFile(file, 'utf8', (error, data) => resolve(say('callback', error, data.length))),
);
await new Promise((resolve) =>
  fs.readFile('none', (error) => resolve(say('callback', error.message, error.path))),
);
await new Promise((resolve) => fs.stat('none', (error) => resolve(say(error.message))));
await new Promise((resolve) => fs.access(file, (error) => resolve(say(error))));
await new Promise((resolve) => fs.exists(file, (there) => resolve(say(there))));
await new Promise((resolve) => fs.readdir('none', (error) => resolve(say(error.code))));
say(
  await fsp.readFile(file, 'utf8'),
  (await fsp.readFile(file)).length,
  (await fsp.stat(file)).size,
  (await fsp.readdir(`${here}/parts`)).length > 1,
);
await fsp.readFile('none').catch((error) => say(error.name, error.code, error.message));
await fsp.access('none').catch((error) => say(error.message));
const handle = await fsp.open(file);
say(
  (await handle.read({ buffer: Buffer.alloc(4) })).bytesRead,
  (await handle.stat()).size,
  await handle.readFile('utf8'),
  handle.fd > 2,
);
await handle.close();
say(handle.fd);
for await (const line of (await fsp.open(`${here}/parts/lines.txt.json`)).readLines()) say('line', line);
say(
  await text(fs.createReadStream(file, { highWaterMark: 5 })),
  await text(fs.createReadStream(file, { start: 2, end: 6 })),
);
fs.createReadStream('none')
  .on('error', (error) => say('stream', error.code, error.message))
  .on('close', () => say('stream closed'));
await new Promise((resolve) => setTimeout(resolve, 20));
for await (const line of createInterface({ input: fs.createReadStream(`${here}/parts/lines.txt.json`) }))
  say('readline', line);
const order = [];
setImmediate(() => order.push('immediate'));
await Promise.all([
  fsp.readFile(file).then(() => order.push('file')),
  new Promise((resolve) => setTimeout(resolve, 20)).then(() => order.push('timer')),
]);
say(order);
say(fs.constants.O_RDONLY, fs.constants.F_OK, typeof fs.promises.readFile);
for (const mode of ['r', null, undefined, 3.5, -1, 8, Number.NaN, 2 ** 40, {}, true]) {
  attempt(() => fs.accessSync(file, mode));
  attempt(() => fs.copyFileSync('none', 'none-either', mode));
}
say(fs.existsSync(process.execPath), fs.statSync(process.execPath).isFile());
const masked = fs.mkdtempSync('/tmp/fs-umask-');
say(process.umask(0o077).toString(8), process.umask().toString(8));
fs.writeFileSync(`${masked}/f`, '', { mode: 0o666 });
fs.mkdirSync(`${masked}/d/e`, { recursive: true, mode: 0o775 });
say(['f', 'd', 'd/e'].map((name) => fs.statSync(`${masked}/${name}`).mode.toString(8)));
fs.rmSync(masked, { recursive: true });
