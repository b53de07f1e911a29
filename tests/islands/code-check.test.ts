// What the editor can say without running anything: mistakes of a file, what differs from what runs, and which machines
// a change touches. With the engine's own compiler and the sandbox's own files.
import { expect, test } from 'vitest';
import { sandboxTexts } from '../../src/build/sandbox-texts.ts';
import { compile } from '../../src/datacenter/compiler.ts';
import {
  changedPaths,
  filesOnDisk,
  importedPath,
  machinesThatRun,
  mistakeIn,
} from '../../src/islands/lab/code-check.ts';
import { loadSandbox } from '../../src/runtime/sandbox.ts';

const { cluster, files } = loadSandbox('load-balancer', await sandboxTexts());
const pick = 'load-balancer/pick.ts';

test('imports lead to files of the sandbox, others are Node’s', () => {
  expect(importedPath(pick, './app.ts')).toBe('load-balancer/app.ts');
  expect(importedPath(pick, '../_shared/random.ts')).toBe('_shared/random.ts');
  expect(importedPath(pick, 'node:http')).toBeNull();
});

test('no file of the sandbox has a mistake', () => {
  const programs = Object.keys(files).filter((path) => path.endsWith('.ts'));
  expect(programs.map((path) => mistakeIn(compile, files, path))).toEqual(programs.map(() => null));
});

test('mistakes are told with file and line', () => {
  const told = (text: string) => mistakeIn(compile, { ...files, [pick]: text }, pick);
  expect(told('let a = 1;\nlet b c;\n')).toMatchObject({ file: pick, line: 2 });
  expect(told('enum Way { A }\n')).toMatchObject({ file: pick, line: 1 });
  expect(told("// one\nimport { x } from './pik.ts';\n")).toMatchObject({
    found: "'./pik.ts'",
    file: pick,
    line: 2,
    fix: expect.stringContaining('retry.ts, state.ts, with its ending'),
  });
  expect(told("import type { X } from './gone.ts';\nconst a: string = 1;\n")).toBeNull();
  expect(told("import { x } from './deep/x.ts';\n")?.fix).toBe('correct the path');
});

test('a change touches the machines whose program imports it, through others too', () => {
  const touched = (...paths: string[]) => machinesThatRun(compile, files, paths, 'load-balancer', cluster);
  expect(touched(pick)).toEqual(['balancer']);
  expect(touched('load-balancer/app.ts')).toEqual(['app1', 'app2', 'app3']);
  expect(touched('_shared/load.ts')).toEqual(['clients']);
  expect(touched('_shared/dials.ts')).toEqual(['clients', 'balancer', 'app1', 'app2', 'app3']);
  expect(touched('load-balancer/nothing.ts')).toEqual([]);
});

test('what was put into the cluster is on its disks', () => {
  const edited = filesOnDisk(files, [
    { atNs: 1, do: 'edit', path: pick, text: 'new' },
    { atNs: 2, do: 'kill', machine: 'app1' },
  ]);
  expect(changedPaths({ ...files, [pick]: 'new' }, edited)).toEqual([]);
  expect(changedPaths(files, edited)).toEqual([pick]);
});
