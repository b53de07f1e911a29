// A folder of the host as a folder of the machines' disks: names and sizes are looked up when somebody asks, bytes
// are read when a file is, and both are kept. Written to by nobody: a disk keeps changes for itself. Refuses
// what is neither file, folder nor link. Called by test-thread.ts.
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Lower, LowerFile, LowerFolder } from '../datacenter/datacenter.ts';

export function hostFolder(path: string): LowerFolder {
  let names: readonly string[] | null = null;
  const known = new Map<string, Lower | undefined>();
  const list = (): readonly string[] => {
    names ??= readdirSync(path).sort();
    return names;
  };
  return {
    kind: 'folder',
    names: list,
    get: (name) => {
      if (!known.has(name)) known.set(name, list().includes(name) ? entry(join(path, name)) : undefined);
      return known.get(name);
    },
  };
}

function entry(path: string): Lower | undefined {
  const status = lstatSync(path);
  if (status.isDirectory()) return hostFolder(path);
  if (status.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) };
  if (!status.isFile()) return undefined;
  return hostFile(path, status.size, status.mode & 0o777);
}

function hostFile(path: string, size: number, permissions: number): LowerFile {
  let bytes: Uint8Array | null = null;
  return {
    kind: 'file',
    size,
    permissions,
    read: () => {
      bytes ??= readFileSync(path);
      return bytes;
    },
  };
}
