// What a `node` command line runs: modules that -r and --import name, then a file, or the text of -e and -p.
// Refuses a program that comes through standard input. Called by program.ts.

import { defineGetter } from '../globals.ts';
import type { Callable, Realm } from '../realm.ts';
import { runSteps } from '../realm-jobs.ts';
import type { Modules } from './modules.ts';
import { resolve } from './resolve.ts';
import type { Script } from './scripts.ts';
import { followed } from './search.ts';

const TEXT = ['-e', '--eval', '-p', '--print', '-pe'];
const PRINTED = ['-p', '--print', '-pe'];

/** Values of options that may stand apart from them or after `=`, in order. */
function valuesOf(flags: readonly string[], names: readonly string[]): string[] {
  return flags.flatMap((flag, at) => {
    const [name = '', ...rest] = flag.split('=');
    if (!names.includes(name)) return [];
    return [rest.length > 0 ? rest.join('=') : String(flags[at + 1] ?? '')];
  });
}

/** The options have the program's text, so that the command names no file. */
export const hasText = (flags: readonly string[]): boolean => valuesOf(flags, TEXT).length > 0;

/** A text that is no file finds Node's modules by their names, without asking for them. */
function nameModules(realm: Realm): void {
  for (const id of realm.library.ids())
    if (/^[a-z]\w*$/.test(id) && realm.isPublicBuiltin(id) && !(id in realm.globalObject))
      defineGetter(realm.globalObject, id, () => realm.requirePublic(id));
}

/** A promise where something of it awaits at top level. */
export function startMain(realm: Realm, modules: Modules): Promise<void> | null {
  const { flags } = realm.options;
  const here = `${realm.workingDirectory}/[eval]`;
  for (const id of valuesOf(flags, ['-r', '--require'])) modules.requireOf(here)(id);
  const imports = valuesOf(flags, ['--import']);
  if (imports.length === 0) return run(realm, modules, here);
  return runSteps(realm, function* () {
    for (const specifier of imports) yield modules.importDynamically(specifier, here);
    yield run(realm, modules, here);
  });
}

/** The file that a path on the command line means, as require() finds it: without its ending, a folder's index. */
export function mainFile(realm: Realm, path: string): string {
  const { disk } = realm.machine;
  const there = disk.find(path);
  const keepFlag = '--preserve-symlinks-main';
  if (typeof there === 'object' && there.kind !== 'folder') return followed(realm, path, keepFlag);
  const found = resolve(disk, path, path, false);
  if (found instanceof Error) throw found;
  return found.kind === 'builtin' ? path : followed(realm, found.path, keepFlag);
}

/** A text as a script; null where it can be a module only. */
export function scriptOf(realm: Realm, text: string, name: string): Script | null {
  try {
    return realm.scripts.compile(text, name, 0, 0);
  } catch (error) {
    if (/^\s*(?:import\b(?!\s*\()|export\b)|\bawait\b/m.test(text)) return null;
    throw error;
  }
}

function run(realm: Realm, modules: Modules, here: string): Promise<void> | null {
  const { flags, command } = realm.options;
  const text = valuesOf(flags, TEXT).at(-1);
  if (text === undefined) return modules.runMain(mainFile(realm, command[0] ?? ''));
  nameModules(realm);
  if (valuesOf(flags, ['--input-type']).includes('module')) return modules.runText(text, `${here}1.mjs`);
  const require = modules.requireOf(here);
  const module = {
    exports: {},
    filename: here,
    id: '[eval]',
    paths: [],
    children: [],
    loaded: false,
    require,
  };
  const named = { require, module, exports: module.exports, __filename: '[eval]', __dirname: '.' };
  Object.assign(realm.globalObject, named);
  const script = scriptOf(realm, text, '[eval]');
  if (script === null) return modules.runText(text, `${here}1.mjs`);
  const result = realm.scripts.run(script);
  if (!flags.some((flag) => PRINTED.includes(flag.split('=', 1)[0] ?? ''))) return null;
  const console = realm.globalObject['console'] as { log: (value: unknown) => void };
  (realm.processObject['on'] as Callable).call(realm.processObject, 'exit', () => console.log(result));
  return null;
}
