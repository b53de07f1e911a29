// The calls that main.mjs draws from: how often each, and its arguments by chance. Nothing that waits for others, and
// nothing whose outcome hangs on the order in which a file system lists names. Used by main.mjs.
import { constants } from 'node:fs';

/** By name: how often, and the arguments. `c` chooses, `fd` gives one of the handles. */
export const CALLS = {
  open: [10, (c) => [c.path(), c.flags(), c.mode()]],
  close: [5, (_c, fd) => [fd()]],
  read: [5, (c, fd) => [fd(), { size: c.size(), position: c.isOneIn(2) ? null : c.size() }]],
  write: [7, (c, fd) => [fd(), c.bytes(c.size()), 0, null, c.isOneIn(2) ? null : c.size()]],
  writev: [2, (c, fd) => [fd(), [c.bytes(c.size()), c.bytes(3)], c.isOneIn(2) ? null : c.size()]],
  ftruncate: [2, (c, fd) => [fd(), c.size()]],
  fstat: [2, (_c, fd) => [fd()]],
  fsync: [1, (_c, fd) => [fd()]],
  fdatasync: [1, (_c, fd) => [fd()]],
  fchmod: [1, (c, fd) => [fd(), c.mode()]],
  futimes: [1, (c, fd) => [fd(), c.seconds(), c.seconds()]],
  writeFile: [10, (c) => [c.path(), c.bytes(c.size()), c.isOneIn(4) ? { flag: c.flags() } : {}]],
  writeFileText: [
    3,
    (c) => [c.path(), String(c.bytes(c.size())), c.isOneIn(4) ? { flag: c.flags() } : 'utf8'],
  ],
  appendFile: [4, (c) => [c.path(), c.bytes(c.size())]],
  readFile: [8, (c) => [c.path(), c.isOneIn(2) ? 'utf8' : {}]],
  truncate: [3, (c) => [c.path(), c.size()]],
  rename: [10, (c) => [c.path(), c.path()]],
  link: [5, (c) => [c.path(), c.path()]],
  symlink: [8, (c) => [c.target(), c.path()]],
  unlink: [6, (c) => [c.path()]],
  mkdir: [
    12,
    (c) => [c.path(), c.isOneIn(3) ? { recursive: true, mode: 0o755 } : c.isOneIn(3) ? c.mode() : 0o777],
  ],
  rmdir: [6, (c) => [c.path()]],
  // What ends with dots loses its way while it goes, in the folder's own order.
  rm: [3, (c) => [c.path().replace(/(\/\.{0,2})+$/, ''), { recursive: c.isOneIn(2), force: c.isOneIn(2) }]],
  // Without types, a recursive one follows links, and may never end.
  readdir: [
    5,
    (c) => [
      c.path(),
      c.isOneIn(4) ? { withFileTypes: true, recursive: true } : { withFileTypes: c.isOneIn(2) },
    ],
  ],
  opendir: [2, (c) => [c.path()]],
  stat: [6, (c) => [c.path(), c.isOneIn(3) ? { throwIfNoEntry: false } : { bigint: c.isOneIn(4) }]],
  lstat: [6, (c) => [c.path(), c.isOneIn(3) ? { throwIfNoEntry: false } : { bigint: c.isOneIn(4) }]],
  chmod: [3, (c) => [c.path(), c.mode()]],
  access: [5, (c) => [c.path(), c.below(8)]],
  exists: [2, (c) => [c.path()]],
  copyFile: [6, (c) => [c.path(), c.path(), c.isOneIn(4) ? constants.COPYFILE_EXCL : 0]],
  cp: [
    4,
    (c) => [
      c.path(),
      c.path(),
      {
        recursive: !c.isOneIn(3),
        force: !c.isOneIn(3),
        errorOnExist: c.isOneIn(3),
        preserveTimestamps: c.isOneIn(4),
        verbatimSymlinks: c.isOneIn(3),
      },
    ],
  ],
  utimes: [2, (c) => [c.path(), c.seconds(), c.seconds()]],
  lutimes: [2, (c) => [c.path(), c.seconds(), c.seconds()]],
  readlink: [4, (c) => [c.path()]],
  realpath: [3, (c) => [c.path()]],
};

const DECK = Object.entries(CALLS).flatMap(([name, [often]]) => new Array(often).fill(name));

/** A call by chance: its name and arguments. */
export function draw(choices, fd) {
  const name = choices.pick(DECK);
  return [name, CALLS[name][1](choices, fd)];
}
