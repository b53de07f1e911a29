// What can be said of a reader's files without running them: the first mistake of one (syntax, or an import of a file that
// is not there), which files differ from those that run, and which machines run something that imports them.
// Types are not checked: Node strips them. Pure; the compiler is passed in. Called by code-live.tsx.
import type { Action, ClusterSpec, Complaint } from '../../datacenter/contract.ts';
import { type Compile, isComplaint } from '../../runtime/compiled.ts';

type Texts = Readonly<Record<string, string>>;

/** The path that a relative import means; null for Node's own modules and packages. */
export function importedPath(from: string, specifier: string): string | null {
  if (!/^\.\.?\//.test(specifier)) return null;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The first mistake of a file; null where none is seen. */
export function mistakeIn(compile: Compile, files: Texts, path: string): Complaint | null {
  const result = compile(files[path] ?? '', path);
  if (isComplaint(result)) return { ...result, file: path };
  for (const { specifier, line } of result.requests) {
    const target = importedPath(path, specifier);
    if (target === null || files[target] !== undefined) continue;
    const folder = target.split('/').slice(0, -1).join('/');
    const there = Object.keys(files).filter((one) => one.startsWith(`${folder}/`));
    return {
      expected: 'an import of a file that is there',
      found: `'${specifier}'`,
      fix:
        there.length === 0
          ? 'correct the path'
          : `use one of ${there.map((one) => one.slice(folder.length + 1)).join(', ')}, with its ending`,
      file: path,
      line,
    };
  }
  return null;
}

/** The files that the running cluster has on its disks: as booted, and edited since. */
export function filesOnDisk(booted: Texts, actions: readonly Action[]): Texts {
  const edits = actions.flatMap((action) =>
    action.do === 'edit' ? [[action.path, action.text] as const] : [],
  );
  return edits.length === 0 ? booted : { ...booted, ...Object.fromEntries(edits) };
}

export function changedPaths(now: Texts, before: Texts): readonly string[] {
  return Object.keys(now).filter((path) => now[path] !== before[path]);
}

/** Machines whose program is one of the changed files or imports one, through however many others. */
export function machinesThatRun(
  compile: Compile,
  files: Texts,
  changed: readonly string[],
  sandbox: string,
  cluster: ClusterSpec,
): readonly string[] {
  const wanted = new Set(changed);
  const imports = new Map<string, readonly string[]>();
  const importsOf = (path: string): readonly string[] => {
    const known = imports.get(path);
    if (known !== undefined) return known;
    const result = compile(files[path] ?? '', path);
    const requests = isComplaint(result) ? [] : result.requests;
    const found = requests.flatMap(({ specifier }) => importedPath(path, specifier) ?? []);
    imports.set(path, found);
    return found;
  };
  const reaches = (path: string, seen: Set<string>): boolean => {
    if (wanted.has(path)) return true;
    if (seen.has(path) || files[path] === undefined) return false;
    seen.add(path);
    return importsOf(path).some((target) => reaches(target, seen));
  };
  return cluster.machines
    .filter(({ program }) => reaches(`${sandbox}/${program}`, new Set()))
    .map(({ name }) => name);
}
