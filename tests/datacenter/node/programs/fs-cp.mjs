// fs.cpSync(): what is checked first, what is replaced and what is refused, with each option. Folders hold one name
// each where something is refused, for the order of names is the file system's. Run by differential.test.ts.
import fs from 'node:fs';
import os from 'node:os';

if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(1000);
  process.setuid(1000);
}
const top = fs.mkdtempSync(`${os.tmpdir()}/fs-cp-`);
const placed = (text) => String(text).replaceAll(top, 'TOP');

function attempt(what, run) {
  try {
    run();
    console.log(what, 'done');
  } catch (error) {
    const { name, code, errno, syscall, path, message } = error;
    console.log(what, name, code, errno, syscall, placed(path), placed(message));
  }
}

function tree(folder) {
  return fs.readdirSync(folder).map((name) => {
    const place = `${folder}/${name}`;
    const stat = fs.lstatSync(place);
    if (stat.isSymbolicLink()) return `${name}->${placed(fs.readlinkSync(place))}`;
    return stat.isDirectory() ? { [name]: tree(place) } : `${name}=${fs.readFileSync(place)}`;
  });
}

/** Runs in a fresh folder with `s/f`, then tells what is there. */
function play(what, files, ...calls) {
  const folder = fs.mkdtempSync(`${top}/`);
  process.chdir(folder);
  for (const [path, holds] of Object.entries(files)) {
    fs.mkdirSync(path.replace(/\/?[^/]*$/, '') || '.', { recursive: true });
    if (holds.startsWith('->')) fs.symlinkSync(holds.slice(2), path);
    else fs.writeFileSync(path, holds);
  }
  for (const call of calls) attempt(what, call);
  console.log(JSON.stringify(tree('.')).replaceAll(placed(folder), 'HERE'));
  process.chdir('/');
}

for (const option of [
  {},
  { force: false },
  { force: false, errorOnExist: true },
  { errorOnExist: true },
  { verbatimSymlinks: true },
  { preserveTimestamps: true },
]) {
  const options = { recursive: true, ...option };
  const copy = (from, to) => () => fs.cpSync(from, to, options);
  console.log(JSON.stringify(option));
  play('checks', { 's/f': 'F', 's/a/g': 'G' }, copy('s', 's'), copy('s', 's/a/x'), copy('s', 's/f'));
  play('checks', { 's/f': 'F', 's/a/g': 'G' }, copy('s/f', 's/a'), copy('none', 'x'), copy('s/f', 's/f/x'));
  play(
    'recursive',
    { 's/f': 'F' },
    () => fs.cpSync('s', 'z'),
    () => fs.cpSync('s', 's/a'),
  );
  play(
    'twice',
    { 's/f': 'F' },
    copy('s', 'd'),
    copy('s', 'd'),
    () => fs.writeFileSync('s/f', 'G'),
    copy('s', 'd'),
  );
  play(
    'deep',
    { 's/f': 'F' },
    copy('s/f', 'x/y/f'),
    () => fs.writeFileSync('s/f', 'G'),
    copy('s/f', 'x/y/f'),
  );
  play('link', { 's/l': '->f' }, copy('s', 'd'), copy('s', 'd'));
  play('link over file', { 's/l': '->f', 'd/l': 'was' }, copy('s', 'd'));
  play('link over folder', { 's/l': '->f', 'd/l/x': 'X' }, copy('s', 'd'));
  play('link over link', { 's/l': '->g', 'd/q': 'Q', 'd/l': '->q' }, copy('s', 'd'));
  play('link over dangling', { 's/l': '->f', 'd/l': '->nowhere' }, copy('s', 'd'));
  play('file over folder', { 's/f': 'F', 'd/f/x': 'X' }, copy('s', 'd'));
  play('file over link', { 's/f': 'F', 'd/x': 'X', 'd/f': '->x' }, copy('s', 'd'));
  play('itself', { 's/f': 'F', ls: '->s', lf: '->s/f' }, copy('ls', 'd'), copy('lf', 'e'));
  play('read-only', { 's/f': 'F', 'd/f': 'was' }, () => fs.chmodSync('d/f', 0o444), copy('s', 'd'));
}
fs.rmSync(top, { recursive: true });
