// Looks through a cluster's programs before it boots: files that are missing, do not parse, or import what is
// not there, so that the reader is told where and what, and nothing starts half. Called by datacenter.ts.

import type { BootOptions } from './boot-options.ts';
import type { Complaint } from './contract.ts';
import { isComplaint } from './node/loader/compiled.ts';
import { isCarried, SCHEME_ONLY } from './node/public-modules.ts';
import { refusalOf } from './node/refused.ts';

export function complainAboutPrograms(options: BootOptions): Complaint | null {
  const { cluster, files, sandbox } = options;
  const seen = new Set<string>();
  for (const machine of cluster.machines) {
    const path = joined(`${sandbox}/cluster.json`, machine.program);
    if (!(path in files)) {
      const there = Object.keys(files).filter(
        (name) => name.startsWith(`${sandbox}/`) && !name.slice(sandbox.length + 1).includes('/'),
      );
      return {
        expected: `a program of the sandbox (${there.map((name) => name.slice(sandbox.length + 1)).join(', ')})`,
        found: `'${machine.program}'`,
        fix: `correct \`program\` of ${machine.name}, or add the file`,
      };
    }
    const complaint = complainAboutFile(path, options, seen);
    if (complaint !== null) return complaint;
  }
  return null;
}

function complainAboutFile(path: string, options: BootOptions, seen: Set<string>): Complaint | null {
  if (seen.has(path)) return null;
  seen.add(path);
  const compiled = options.code.compile(options.files[path] ?? '', `/srv/${path}`);
  if (isComplaint(compiled)) return { ...compiled, file: path };
  for (const request of compiled.requests) {
    const complaint = complainAboutRequest(request.specifier, request.line, path, options, seen);
    if (complaint !== null) return complaint;
  }
  return null;
}

function complainAboutRequest(
  specifier: string,
  line: number,
  from: string,
  options: BootOptions,
  seen: Set<string>,
): Complaint | null {
  if (/^\.{1,2}\//.test(specifier)) {
    const target = joined(from, specifier);
    if (target in options.files) return complainAboutFile(target, options, seen);
    // What lies in a mounted folder is seen when it is asked for.
    if (Object.keys(options.mounts ?? {}).some((folder) => `/srv/${target}`.startsWith(`${folder}/`)))
      return null;
    return {
      expected: 'a file of the sandbox',
      found: `an import of '${specifier}'`,
      fix: `add ${target}, or correct the path (with its ending)`,
      file: from,
      line,
    };
  }
  const bare = specifier.replace(/^node:/, '');
  const needsScheme = bare === specifier && SCHEME_ONLY.includes(bare);
  const isThere = isCarried(options.library, bare) && !needsScheme;
  if (isThere || (bare.startsWith('internal/') && options.nodeFlags !== undefined)) return null;
  const isPackage =
    !specifier.startsWith('node:') &&
    Object.keys(options.files).some((name) => name.includes(`node_modules/${bare}/`));
  if (isPackage) return null;
  return {
    expected:
      'a module that the data center carries (node:http, node:net, node:fs, …) or a file of the sandbox',
    found: `an import of '${specifier}'`,
    fix: needsScheme
      ? `write 'node:${bare}', or add the package`
      : `${refusalOf(`node:${bare}`)?.why ?? 'correct the name, or do without'}: the engine page lists what is carried`,
    file: from,
    line,
  };
}

function joined(from: string, relative: string): string {
  const kept = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '.') kept.push(part);
  }
  return kept.join('/');
}
