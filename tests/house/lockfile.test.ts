// The lockfile holds the builds of every platform: `npm ci` refuses to install from one that does not.
// Registries that carry only some of them make npm leave the others out; `npm run lockfile` adds them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingEntries } from '../../scripts/complete-lockfile.ts';

const root = { optionalDependencies: { 'tool-darwin-arm64': '1.0.0' } };
const tool = {
  version: '1.0.0',
  dev: true,
  optionalDependencies: { '@tool/linux-x64-musl': '1.0.0', '@tool/wasm32-wasi': '1.0.0' },
};

describe('the lockfile', () => {
  it('is found to lack platform builds', () => {
    expect(missingEntries({ packages: { '': root, 'node_modules/tool': tool } })).toEqual({
      'node_modules/@tool/linux-x64-musl': {
        version: '1.0.0',
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
      'node_modules/@tool/wasm32-wasi': { version: '1.0.0', cpu: ['wasm32'], dev: true, optional: true },
    });
  });

  it('is complained about when a name says no platform', () => {
    const strange = { optionalDependencies: { fsevents2: '1.0.0' } };
    expect(() => missingEntries({ packages: { 'node_modules/a': strange } })).toThrow(
      'Expected the name of a platform in fsevents2',
    );
  });

  it('lacks none here: else run `npm run lockfile`', () => {
    const lockfile = JSON.parse(
      readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
    ) as Parameters<typeof missingEntries>[0];
    expect(Object.keys(missingEntries(lockfile))).toEqual([]);
  });
});
