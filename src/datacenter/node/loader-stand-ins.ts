// What Node's test runner and node:vm ask of Node's own loader and of its source maps, answered by ours. Module mocking, coverage
// and watching are refused by name. Called by stand-ins.ts.
import type { Registry } from './loader/scripts.ts';
import type { LibraryExports, Realm } from './realm.ts';
import { refuseCall } from './refused.ts';

export const loaderStandIns: Readonly<Record<string, (realm: Realm) => LibraryExports>> = {
  'internal/modules/esm/loader': (realm) => ({
    getOrInitializeCascadedLoader: () => ({
      import: (specifier: string, from: string) =>
        realm.importModule(specifier, from.replace(/^file:\/\//, '')),
      resolveSync: refuseCall('mock.module()'),
      forceLoadHooks: refuseCall('module.registerHooks()'),
    }),
  }),
  'internal/modules/esm/utils': (realm) => ({
    registerModule: (referrer: object, registry: Registry) =>
      realm.scripts.registries.set(referrer, registry),
  }),
  'internal/modules/cjs/loader': (realm) => ({ Module: realm.requireBuiltin('module') }),
  'internal/modules/customization_hooks': () => ({ registerHooks: refuseCall('module.registerHooks()') }),
  'internal/source_map/source_map_cache': (realm) => ({
    findSourceMap: (file: unknown) => realm.rare.findSourceMap(realm, file),
  }),
  'internal/test_runner/runner': () => ({ run: refuseCall('run() of node:test') }),
  'internal/test_runner/coverage': () => ({ setupCoverage: refuseCall('coverage of tests') }),
};
