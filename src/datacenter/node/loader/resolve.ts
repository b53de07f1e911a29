// Where a specifier leads from a file: relative and absolute paths, file URLs, packages under node_modules
// with `exports`, `imports`, `main` and conditions, then in the folders of NODE_PATH. A path may still lead through
// links. Gives Node's own errors. Pure, on a machine's disk.
import type { Disk } from '../../machine/disk.ts';
import { utf8Text } from '../text.ts';

export type Resolution =
  | { readonly kind: 'builtin'; readonly id: string }
  | { readonly kind: 'file'; readonly path: string; readonly warning?: string }
  | Error;

const ENDINGS = ['', '.js', '.json', '.cjs', '.ts', '.cts'];
const INDEXES = ['/index.js', '/index.json', '/index.ts'];

/** `folders` are looked through last, by require() only. */
export function resolve(
  disk: Disk,
  specifier: string,
  from: string,
  isImport: boolean,
  folders: readonly string[] = [],
): Resolution {
  if (specifier.startsWith('node:'))
    return coded(`No such built-in module: ${specifier}`, 'ERR_UNKNOWN_BUILTIN_MODULE');
  const folder = from.slice(0, from.lastIndexOf('/')) || '/';
  if (specifier.startsWith('file://'))
    return file(disk, decodeURIComponent(specifier.slice(7)), specifier, from, isImport);
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    return file(disk, joined(folder, specifier), specifier, from, isImport);
  }
  return packageFile(disk, specifier, folder, from, isImport, folders);
}

function file(disk: Disk, path: string, specifier: string, from: string, isImport: boolean): Resolution {
  const found = isImport
    ? isFile(disk, path)
      ? { path }
      : undefined
    : required(disk, path, /(?:^|\/)\.{0,2}$/.test(specifier));
  if (found !== undefined) return { kind: 'file', ...found };
  return notFound(
    isImport
      ? `Cannot find module '${path}' imported from ${from}`
      : `Cannot find module '${specifier}'\nRequire stack:\n- ${from}`,
    isImport,
  );
}

interface Found {
  readonly path: string;
  readonly warning?: string;
}

/** A file that require() finds at a path: with an ending, by a folder's package.json, or its index. */
function required(disk: Disk, path: string, isFolder: boolean): Found | undefined {
  const first = (candidates: readonly string[]): Found | undefined => {
    const found = candidates.find((each) => isFile(disk, each));
    return found === undefined ? undefined : { path: found };
  };
  const atFile = isFolder ? undefined : first(ENDINGS.map((ending) => path + ending));
  if (atFile !== undefined) return atFile;
  const manifest = `${path}/package.json`;
  const main = (jsonAt(disk, manifest) as { main?: unknown } | null)?.main;
  const byIndex = first(INDEXES.map((index) => path + index));
  if (typeof main !== 'string' || main === '') return byIndex;
  const target = joined(path, main);
  const warning = `Invalid 'main' field in '${manifest}' of '${main}'. Please either fix that or report it to the module author`;
  return (
    first([...ENDINGS, ...INDEXES].map((ending) => target + ending)) ?? (byIndex && { ...byIndex, warning })
  );
}

function packageFile(
  disk: Disk,
  specifier: string,
  folder: string,
  from: string,
  isImport: boolean,
  folders: readonly string[],
): Resolution {
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
  const subpath = `.${specifier.slice(name.length)}`;
  for (let at = folder; ; at = at.slice(0, at.lastIndexOf('/'))) {
    if (at.endsWith('/node_modules')) continue;
    const root = `${at}/node_modules/${name}`;
    const found =
      typeof disk.find(root) === 'string'
        ? null
        : insidePackage(disk, root, subpath, specifier, from, isImport);
    if (found !== null && (isImport || !isNotFound(found))) return found;
    const beside = isImport ? undefined : required(disk, `${at}/node_modules/${specifier}`, false);
    if (beside !== undefined) return { kind: 'file', ...beside };
    if (at === '') break;
  }
  for (const at of isImport ? [] : folders) {
    const found = required(disk, joined(at, specifier), specifier.endsWith('/'));
    if (found !== undefined) return { kind: 'file', ...found };
  }
  return notFound(
    isImport
      ? `Cannot find package '${name}' imported from ${from}`
      : `Cannot find module '${specifier}'\nRequire stack:\n- ${from}`,
    isImport,
  );
}

function insidePackage(
  disk: Disk,
  root: string,
  subpath: string,
  specifier: string,
  from: string,
  isImport: boolean,
): Resolution {
  const manifest = jsonAt(disk, `${root}/package.json`) as { main?: string; exports?: unknown } | null;
  if (manifest?.exports != null) {
    const target = exported(
      manifest.exports,
      subpath,
      isImport ? ['import', 'node', 'default'] : ['require', 'node', 'default'],
    );
    if (target === null)
      return coded(
        `Package subpath '${subpath}' is not defined by "exports" in ${root}/package.json`,
        'ERR_PACKAGE_PATH_NOT_EXPORTED',
      );
    return file(disk, joined(root, target), specifier, from, true);
  }
  if (subpath !== '.' || !isImport) return file(disk, joined(root, subpath), specifier, from, false);
  return file(disk, joined(root, manifest?.main ?? './index.js'), specifier, from, false);
}

/** The target of a subpath under `exports`, by conditions and one `*`. */
function exported(exports: unknown, subpath: string, conditions: readonly string[]): string | null {
  if (typeof exports === 'string') return subpath === '.' ? exports : null;
  if (Array.isArray(exports)) {
    for (const each of exports) {
      const found = exported(each, subpath, conditions);
      if (found !== null) return found;
    }
    return null;
  }
  if (exports === null || typeof exports !== 'object') return null;
  const table = exports as Record<string, unknown>;
  const isByPath = Object.keys(table).some((key) => key.startsWith('.'));
  if (!isByPath) {
    if (subpath !== '.') return null;
    for (const [condition, target] of Object.entries(table)) {
      if (!conditions.includes(condition)) continue;
      const found = exported(target, '.', conditions);
      if (found !== null) return found;
    }
    return null;
  }
  if (subpath in table) return exported(table[subpath], '.', conditions);
  for (const [pattern, target] of Object.entries(table)) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue;
    const middle = subpath.slice(before.length, subpath.length - after.length);
    const found = exported(target, '.', conditions);
    if (found !== null) return found.replaceAll('*', middle);
  }
  return null;
}

function joined(folder: string, relative: string): string {
  const kept: string[] = [];
  for (const part of (relative.startsWith('/') ? relative : `${folder}/${relative}`).split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

function isFile(disk: Disk, path: string): boolean {
  const node = disk.find(path);
  return typeof node !== 'string' && node.kind === 'file';
}

function jsonAt(disk: Disk, path: string): unknown {
  const node = disk.find(path);
  if (typeof node === 'string' || node.kind !== 'file') return null;
  try {
    // Without what a program may have put into the prototype of all objects.
    return JSON.parse(utf8Text(node.bytes), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.setPrototypeOf(value, null)
        : value,
    ) as unknown;
  } catch {
    return null;
  }
}

/** Then require() looks further up. */
const isNotFound = (found: Resolution): boolean =>
  found instanceof Error && (found as { code?: unknown }).code === 'MODULE_NOT_FOUND';

function notFound(message: string, isImport: boolean): Error {
  return coded(message, isImport ? 'ERR_MODULE_NOT_FOUND' : 'MODULE_NOT_FOUND');
}

function coded(message: string, code: string): Error {
  const error = Object.assign(new Error(message), { code });
  // Node heads the stacks of its own errors with their code; that of a failed require() is no such error.
  if (code.startsWith('ERR_')) error.stack = error.stack?.replace(/^Error: /, `Error [${code}]: `) ?? '';
  return error;
}
