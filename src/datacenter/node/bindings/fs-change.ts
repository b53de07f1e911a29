// Calls that change names and attributes: mkdir, rmdir, rm, unlink, rename, link, symlink, mkdtemp, chmod, chown
// and utimes with their kin. Part of internalBinding('fs'), put together by fs.ts.

import type { DiskNode } from '../../machine/disk.ts';
import { refuse } from '../../machine/disk-error.ts';
import { type DiskTime, USER_ID } from '../../machine/disk-inode.ts';
import { RUN_STARTS_AT_MS } from '../clock.ts';
import type { Binding, Realm } from '../realm.ts';
import { type Call, validFd } from './fs-call.ts';
import { inEncoding, type Path, pathText } from './fs-names.ts';
import type { OpenFiles } from './open-files.ts';

const TEMPORARY_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export function changingCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  return {
    ...namingCalls(files, call),
    ...folderCalls(realm, files, call),
    ...attributeCalls(realm, files, call),
  };
}

function namingCalls(files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  const at = (path: Path): string => files.absolute(path);
  return {
    rename: (path: Path, dest: Path, req: unknown) =>
      call(req, { syscall: 'rename', path, dest }, () => disk.rename(at(path), at(dest))),
    link: (path: Path, dest: Path, req: unknown) =>
      call(req, { syscall: 'link', path, dest }, () => disk.link(at(path), at(dest))),
    symlink: (path: Path, dest: Path, _flags: number, req: unknown) =>
      call(req, { syscall: 'symlink', path, dest }, () => disk.makeLink(pathText(path), at(dest))),
    unlink: (path: Path, req: unknown) => call(req, { syscall: 'unlink', path }, () => disk.unlink(at(path))),
  };
}

function folderCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  const at = (path: Path): string => files.absolute(path);
  return {
    mkdir: (path: Path, mode: number, recursive: boolean, req: unknown) => {
      const permissions = files.masked(mode);
      const text = pathText(path);
      const about = { syscall: 'mkdir', path: text };
      return call(req, about, () => {
        if (!recursive) return disk.makeFolder(at(path), permissions);
        return realm.rare.makeFolders(files, text, permissions, req === undefined, (failed) => {
          about.path = failed;
        });
      });
    },
    rmdir: (path: Path, req: unknown) =>
      call(req, { syscall: 'rmdir', path }, () => disk.removeFolder(at(path))),
    rmSync: (path: Path, _retries: number, recursive: boolean) =>
      realm.rare.removeAll(realm, files, path, recursive),
    mkdtemp: (prefix: Path, encoding: unknown, req: unknown) => {
      const start = pathText(prefix);
      return call(req, { syscall: 'mkdtemp', path: `${start}XXXXXX` }, () => {
        let path = start;
        for (let count = 0; count < 6; count++)
          path += TEMPORARY_LETTERS.charAt(realm.random.below(TEMPORARY_LETTERS.length));
        disk.makeFolder(at(path), 0o700);
        return inEncoding(realm, path, encoding);
      });
    },
  };
}

/** Seconds since 1970, as Node passes them, as the disk's time. */
function diskTime(seconds: number): DiskTime {
  const whole = Math.floor(seconds);
  // libuv has them as doubles: microseconds are what is left of the fraction.
  const nanoseconds = Math.round((seconds - whole) * 1e6) * 1000;
  return nanoseconds >= 1e9
    ? { seconds: whole + 1 - RUN_STARTS_AT_MS / 1000, nanoseconds: 0 }
    : { seconds: whole - RUN_STARTS_AT_MS / 1000, nanoseconds };
}

function attributeCalls(realm: Realm, files: OpenFiles, call: Call): Binding {
  const { disk } = files;
  const mine = (node: DiskNode): DiskNode => (node.userId === USER_ID ? node : refuse('EPERM'));
  const byPath =
    (syscall: string, follow: boolean, change: (node: DiskNode, a: number, b: number) => void) =>
    (path: Path, a: number, b: number, req: unknown) =>
      call(req, { syscall, path }, () => change(mine(disk.get(files.absolute(path), follow)), a, b));
  const byDescriptor =
    (syscall: string, change: (node: DiskNode, a: number, b: number) => void) =>
    (fd: number, a: number, b: number, req: unknown) => {
      validFd(realm, fd);
      return call(req, { syscall }, () => change(mine(files.get(fd).node), a, b));
    };
  const chmod = (node: DiskNode, mode: number): void =>
    disk.setAttributes(node, { permissions: mode & 0o7777 });
  // The program's user is the only one; giving files away needs the superuser.
  const chown = (_node: DiskNode, user: number, group: number): void => {
    const isOwn = (id: number): boolean => id === USER_ID || id === -1 || id === 2 ** 32 - 1;
    if (!isOwn(user) || !isOwn(group)) refuse('EPERM');
  };
  const utimes = (node: DiskNode, accessed: number, modified: number): void =>
    disk.setAttributes(node, { accessed: diskTime(accessed), modified: diskTime(modified) });
  const chmodPath = byPath('chmod', true, chmod);
  const chmodDescriptor = byDescriptor('fchmod', chmod);
  return {
    chmod: (path: Path, mode: number, req: unknown) => chmodPath(path, mode, 0, req),
    fchmod: (fd: number, mode: number, req: unknown) => chmodDescriptor(fd, mode, 0, req),
    chown: byPath('chown', true, chown),
    lchown: byPath('lchown', false, chown),
    fchown: byDescriptor('fchown', chown),
    utimes: byPath('utime', true, utimes),
    lutimes: byPath('lutime', false, utimes),
    futimes: byDescriptor('futime', utimes),
  };
}
