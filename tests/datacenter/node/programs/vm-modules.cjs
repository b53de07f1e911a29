// Modules of node:vm: linked by the program, with exports that stay live, whole exports, meta, imports and errors.
const { execArgv, execPath } = process;
if (!execArgv.includes('--experimental-vm-modules')) {
  const { spawn } = require('node:child_process');
  const args = ['--no-warnings', '--experimental-vm-modules', __filename];
  spawn(execPath, args, { stdio: 'inherit' }).on('exit', (code) => console.log('ended with', code));
} else main();

async function main() {
  const vm = require('node:vm');
  const context = vm.createContext({ given: 1 });
  const set = new vm.SyntheticModule(['one', 'two'], () => set.setExport('one', 1), { context });
  const sources = {
    left: 'export const left = "left"; export let count = 0; export function more() { count++ }',
    right: 'import { left } from "left"; export const right = left + "right"; export default given;',
    main: `import fallback, { right } from 'right';
      import * as everything from 'both';
      import { one } from 'set';
      export * from 'both';
      export const seen = [fallback, right, one, Object.keys(everything), typeof process, this];
      export const meta = import.meta.from;
      export const late = import('left');
      total = fallback + 1;`,
    both: 'export * from "left"; export * from "right"; export { one as uno } from "set";',
  };
  const modules = { set };
  for (const [identifier, text] of Object.entries(sources))
    modules[identifier] = new vm.SourceTextModule(text, {
      identifier,
      context,
      initializeImportMeta: (meta, module) => {
        meta.from = module.identifier;
      },
      importModuleDynamically: (specifier) => modules[specifier],
    });
  const { main } = modules;
  console.log(main.status, main.dependencySpecifiers, vm.isContext(main.context));
  try {
    main.namespace;
  } catch (error) {
    console.log(error.code);
  }
  try {
    await main.link((specifier) => modules[specifier]);
  } catch (error) {
    console.log(error.name, error.message);
  }
  vm.runInContext('var total = 0', context);
  console.log(main.status, await main.evaluate(), main.status);
  console.log(main.namespace.seen, main.namespace.meta, Object.keys(main.namespace), context);
  main.namespace.more();
  console.log(main.namespace.count, (await main.namespace.late).count, modules.left.namespace.count);
  const failing = new vm.SourceTextModule('await null; throw new TypeError("late")', { identifier: 'fails' });
  await failing.link(() => {});
  await failing
    .evaluate()
    .catch((error) => console.log(error.message, failing.status, failing.error === error));
  const missing = new vm.SourceTextModule('import { nothing } from "left"', { context });
  await missing.link(() => modules.left).catch((error) => console.log(error.name, error.message));
  try {
    new vm.SourceTextModule('export {');
  } catch (error) {
    console.log(error.name);
  }
  console.log(set.status, modules.set.namespace);
}
