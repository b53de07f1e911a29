// Reads a sandbox's folder as text: its programs, what sandboxes share, its cluster, scenarios and exercises.
// Imports none of it. Complains about a folder or file that is not there. Called by pages/labs and mdx components.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize } from 'node:path';
import { parse } from 'yaml';
import { compile } from '../datacenter/compiler.ts';
import type { ClusterSpec } from '../datacenter/contract.ts';
import { type CompiledModule, isComplaint } from '../datacenter/datacenter.ts';
import { CONSOLE_FOLDER } from '../runtime/console.ts';
import { isOfCourse } from '../runtime/sandbox.ts';
import { complain, listed } from './complain.ts';
import { inRepository } from './root.ts';

type Texts = Record<string, string>;

/** Everything that the lab of a page needs of a sandbox; paths are below `sandboxes/`. */
export interface SandboxBundle {
  readonly cluster: ClusterSpec;
  /** Each file beside what it compiles to: compression then finds most of it twice. */
  readonly files: Readonly<Record<string, FileBundle>>;
  readonly exercises: Readonly<Record<string, ExerciseBundle>>;
}
export interface FileBundle {
  readonly source: string;
  /** So that a run of just these files needs no compiler. */
  readonly compiled?: CompiledModule;
}
export interface ConsoleBundle {
  readonly files: Readonly<Record<string, FileBundle>>;
}
export interface ExerciseBundle {
  /** exercise.yml as it parses; its reader checks it. */
  readonly spec: unknown;
  readonly start: Texts;
  readonly solution: Texts;
}

const program = /\.(?:ts|mts|js|cjs|mjs|json)$/;

/** One file of a sandbox; `name` is below the sandbox's folder and may lead to `../_shared/…`. */
export function sandboxSource(
  asker: string,
  sandbox: string,
  name: string,
): { path: string; source: string } {
  const path = normalize(join('sandboxes', sandbox, name)).replaceAll('\\', '/');
  if (!path.startsWith('sandboxes/') || !existsSync(inRepository(path))) {
    const there = existsSync(inRepository('sandboxes', sandbox)) ? filesIn(`sandboxes/${sandbox}`) : [];
    complain({
      file: asker,
      expected: `a file of sandboxes/${sandbox}`,
      found: `'${name}'`,
      fix: `use one of ${listed(there)}.`,
    });
  }
  return { path, source: readFileSync(inRepository(path), 'utf8') };
}

/** Names of the sandboxes that are there. */
export function sandboxNames(): string[] {
  if (!existsSync(inRepository('sandboxes'))) return [];
  return readdirSync(inRepository('sandboxes'))
    .filter((name) => existsSync(inRepository('sandboxes', name, 'cluster.json')))
    .sort();
}

/** Names of a sandbox's scenarios, sorted. */
export function scenarioNames(sandbox: string): string[] {
  return below(`sandboxes/${sandbox}/scenarios`).map((name) => name.replace(/\.[^.]+$/, ''));
}

export function sandboxBundle(sandbox: string): SandboxBundle {
  const folder = `sandboxes/${sandbox}`;
  const cluster = JSON.parse(readFileSync(inRepository(folder, 'cluster.json'), 'utf8')) as ClusterSpec;
  const own = filesIn(folder).filter((name) => !isOfCourse(name) && program.test(name));
  const files: Record<string, FileBundle> = {};
  for (const name of own) files[`${sandbox}/${name}`] = fileOf(`${sandbox}/${name}`);
  addImported(files);
  return { cluster, files, exercises: exercisesOf(sandbox) };
}

/** Adds what sandboxes share as far as the files import it: checks and scenarios have more, which no page needs. */
function addImported(files: Record<string, FileBundle>): void {
  const waiting = Object.keys(files);
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const { specifier } of files[from]?.compiled?.requests ?? []) {
      if (!specifier.startsWith('.')) continue;
      const path = normalize(join(from, '..', specifier)).replaceAll('\\', '/');
      if (!path.startsWith('_shared/') || path in files || isConsole(path)) continue;
      files[path] = fileOf(path);
      waiting.push(path);
    }
  }
}

/** The programs of the machine `you`: what a lab fetches when its Console is first opened. */
export function consoleBundle(): ConsoleBundle {
  const paths = below('sandboxes/_shared')
    .map((name) => `_shared/${name}`)
    .filter(isConsole);
  const files = Object.fromEntries(paths.map((path) => [path, fileOf(path)]));
  addImported(files);
  return { files };
}

const isConsole = (path: string): boolean => path.startsWith(CONSOLE_FOLDER) && program.test(path);

function fileOf(path: string): FileBundle {
  const source = textOf(`sandboxes/${path}`);
  const compiled = compile(source, `/srv/${path}`);
  return isComplaint(compiled) ? { source } : { source, compiled };
}

function exercisesOf(sandbox: string): Record<string, ExerciseBundle> {
  const folder = `sandboxes/${sandbox}/exercises`;
  const exercises: Record<string, ExerciseBundle> = {};
  for (const path of below(folder).filter((name) => name.endsWith('/exercise.yml'))) {
    const name = path.slice(0, -'/exercise.yml'.length);
    const part = (which: string): Texts =>
      Object.fromEntries(
        below(`${folder}/${name}/${which}`).map((file) => [
          `${sandbox}/${file}`,
          textOf(`${folder}/${name}/${which}/${file}`),
        ]),
      );
    exercises[name] = {
      spec: parse(textOf(`${folder}/${path}`)),
      start: part('start'),
      solution: part('solution'),
    };
  }
  return exercises;
}

/** Each exercise's check.ts without its types, by the exercise's name: modules that a page can import. */
export function checksOf(sandbox: string): Record<string, string> {
  const folder = `sandboxes/${sandbox}/exercises`;
  const names = below(folder).flatMap((path) => /^([^/]+)\/check\.ts$/.exec(path)?.[1] ?? []);
  return Object.fromEntries(
    names.map((name) => [name, stripTypeScriptTypes(textOf(`${folder}/${name}/check.ts`))]),
  );
}

function textOf(path: string): string {
  return readFileSync(inRepository(path), 'utf8');
}

function below(folder: string): string[] {
  return existsSync(inRepository(folder)) ? filesIn(folder) : [];
}

/** Paths of all files below a folder of the repository, sorted, with forward slashes. */
export function filesIn(folder: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(inRepository(folder).length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
