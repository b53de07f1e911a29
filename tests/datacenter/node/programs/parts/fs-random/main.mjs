// Random calls of node:fs by seed: `main.mjs FIRST LAST CALLS` prints one line for each call and what came of it.
// Run by fs-random.test.ts, on Node and in the data center; never as root, whom no permission stops.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { draw } from './calls.mjs';
import { choicesOf } from './chance.mjs';

/** Its other form is C++ that leaves loops to end Node itself. */
const ONLY_ASYNC = new Set(['cp']);

function shown(value) {
  if (Buffer.isBuffer(value))
    return `${value.length} bytes ${value.toString('latin1', 0, 6)}…${value.at(-1)}`;
  if (value instanceof fs.Stats || typeof value?.mode === 'bigint') return shownStat(value);
  if (value instanceof fs.Dirent)
    return `${value.name}:${value.isFile()}${value.isDirectory()}${value.isSymbolicLink()}`;
  if (Array.isArray(value)) return `[${value.map(shown).sort().join(' ')}]`;
  if (typeof value === 'string' && value.length > 60)
    return `${value.length} characters ${value.slice(0, 6)}`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** What does not hang on the kind of file system: a folder's size and links do. */
function shownStat(stat) {
  const isFolder = stat.isDirectory();
  const kind = isFolder ? 'folder' : stat.isSymbolicLink() ? 'link' : 'file';
  return `${kind} ${stat.mode.toString(8)}${isFolder ? '' : ` ${stat.size} bytes ${stat.nlink} links`}`;
}

/** Calls that need more than their arguments, or give what cannot be printed. */
function special(name, parameters, handles) {
  const [first, second, third] = parameters;
  const cases = {
    open: () => {
      const made = new Handle(handles.length, fs.openSync(...parameters));
      handles.push(made);
      return `#${made.number}`;
    },
    exists: () => fs.existsSync(first),
    close: () => {
      fs.closeSync(first);
      const at = handles.findIndex(({ fd }) => fd === first);
      handles.splice(at, 1);
    },
    read: () => {
      const into = Buffer.alloc(second.size);
      const count = fs.readSync(first, into, 0, second.size, second.position);
      return into.subarray(0, count);
    },
    writeFileText: () => fs.writeFileSync(first, second, third),
    opendir: () => {
      const folder = fs.opendirSync(first);
      const entries = [];
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) entries.push(entry);
      folder.closeSync();
      return entries;
    },
    utimes: () => {
      fs.utimesSync(...parameters);
      const { atimeMs, mtimeMs } = fs.statSync(first);
      return `${atimeMs} ${mtimeMs}`;
    },
    lutimes: () => {
      fs.lutimesSync(...parameters);
      const { atimeMs, mtimeMs } = fs.lstatSync(first);
      return `${atimeMs} ${mtimeMs}`;
    },
  };
  return cases[name];
}

async function outcome(name, run, root) {
  const placed = (text) => text.replaceAll(root, 'ROOT').replaceAll(path.dirname(root), 'ABOVE');
  try {
    return placed(shown(await run()));
  } catch (error) {
    // Both paths of a copy are looked at at once: which of two errors comes first is the threads' chance.
    if (name === 'cp' && error.syscall !== 'cp') return 'refused';
    return placed(`${error.code} ${error.syscall} ${error.path} ${error.dest} ${error.message}`);
  }
}

/** A handle is told by its number in the list: descriptors themselves are not the same everywhere. */
class Handle {
  constructor(number, fd) {
    this.number = number;
    this.fd = fd;
  }
}

/** Whether a path leads to somewhere below `root`, or nowhere: nothing else on the computer may be touched. */
function isInside(given, root) {
  for (const each of [given, given.replace(/[^/]*\/*(\/\.)?$/, '') || '.']) {
    try {
      return `${fs.realpathSync.native(each)}/`.startsWith(`${root}/`);
    } catch {
      // Not there: where it would be decides.
    }
  }
  return true;
}

async function play(seed, calls) {
  const made = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'fs-random-')));
  const root = `${made}/1/2/3`;
  fs.mkdirSync(root, { recursive: true });
  process.chdir(root);
  const choices = choicesOf(seed, root);
  const handles = [];
  const handle = () => handles[choices.below(handles.length + 1)] ?? new Handle('none', 9999);
  for (let count = 0; count < calls; count++) {
    const [name, drawn] = draw(choices, handle);
    const told = drawn.map((each) => (each instanceof Handle ? `#${each.number}` : shown(each))).join(', ');
    const isAsync = choices.isOneIn(3) || ONLY_ASYNC.has(name);
    const parameters = drawn.map((each) => (each instanceof Handle ? each.fd : each));
    const run = () => {
      prepare(name, parameters, count);
      return runOf(name, parameters, isAsync, handles)(...parameters);
    };
    const isSafe = drawn.every((each) => typeof each !== 'string' || isInside(each, root));
    const came = isSafe ? await outcome(name, run, root) : 'leads outside';
    console.log(
      `seed=${seed} ${count} ${name}${isAsync ? '*' : ''}(${told.replaceAll(root, 'ROOT')}): ${came}`,
    );
  }
  process.chdir('/');
  restore(made);
  fs.rmSync(made, { recursive: true });
}

/** What carries out a call: at once, as a promise, or by a callback where there is no promise of it. */
function runOf(name, parameters, isAsync, handles) {
  const own = special(name, parameters, handles);
  if (own !== undefined) return own;
  if (!isAsync) return fs[`${name}Sync`];
  return fs.promises[name] ?? ((...all) => called(name, all));
}

function called(name, parameters) {
  return new Promise((resolve, reject) => {
    fs[name](...parameters, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

/** Gives back the permissions that calls took away: what stops halfway leaves what the folders' order left. */
function restore(place) {
  const stat = fs.lstatSync(place, { throwIfNoEntry: false });
  if (stat?.isFile()) fs.chmodSync(place, 0o644);
  if (!stat?.isDirectory()) return;
  fs.chmodSync(place, 0o755);
  for (const name of fs.readdirSync(place)) restore(path.join(place, name));
}

/** Restores what a call on a whole tree is about; a tree is copied to where nothing is. */
function prepare(name, parameters, count) {
  if (!parameters.at(-1)?.recursive || (name !== 'cp' && name !== 'rm')) return;
  const [from] = parameters;
  try {
    if (!fs.statSync(from).isDirectory()) return;
  } catch {
    return;
  }
  restore(from);
  if (name === 'cp') parameters[1] = `copy${count}`;
}

process.umask(0o022);
if (process.getuid() === 0) {
  process.setgroups([]);
  process.setgid(1000);
  process.setuid(1000);
}
const [first, last, calls] = process.argv.slice(2).map(Number);
for (let seed = first; seed <= last; seed++) await play(seed, calls);
