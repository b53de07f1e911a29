// Reads sandboxes from disk as texts, as the build does, and says which there are. For tests only.
// Imports modules of sandboxes only where a test asks for an export by name.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadSandbox, type Sandbox } from '../../src/runtime/sandbox.ts';

const folder = resolve(import.meta.dirname, '../../sandboxes');

export function textsBelow(path: string): Record<string, string> {
  const root = join(folder, path);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}

export const sandboxNames = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map((entry) => entry.name);

export function sandboxFromDisk(name: string): Sandbox {
  return loadSandbox(name, textsBelow('.'));
}

/** Folders right below a folder of a sandbox: exercises, mistakes. */
export function foldersOf(path: string): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

/** Names of a sandbox's scenarios. */
export function scenarioNames(sandbox: string): string[] {
  return readdirSync(join(folder, sandbox, 'scenarios')).map((file) => file.replace(/\.ts$/, ''));
}

/** What a module of the sandboxes exports under `name`. */
export async function exported<T>(path: string, name: string): Promise<T> {
  const module: Record<string, unknown> = await import(join(folder, path));
  return module[name] as T;
}
