// The licence page names every package whose code reaches a reader: src is searched for what it imports, and what is
// named must be installed with its terms. Reads package.json and node_modules; builds nothing.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { licensedPackages, SHIPPED } from '../../src/build/licences.ts';
import { filesBelow, importsOf, programs } from '../house/repository.ts';

const IN_THE_PAGE = ['src/islands', 'src/runtime', 'src/grading', 'src/datacenter'];

test('every package that a page can load code from is named', () => {
  const imported = new Set<string>();
  for (const file of IN_THE_PAGE.flatMap((folder) => filesBelow(folder, programs))) {
    for (const { specifier, typeOnly, target } of importsOf(file)) {
      if (typeOnly || target !== undefined || specifier.startsWith('node:')) continue;
      // Template literals that look like imports are not package names.
      const name = /^(?:@[\w-]+\/)?[\w-]+/.exec(specifier)?.[0];
      if (name !== undefined) imported.add(name);
    }
  }
  expect([...imported].filter((name) => !SHIPPED.includes(name))).toEqual([]);
});

test('each is a dependency of the project, and has terms with a text', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  expect(SHIPPED.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  const packages = licensedPackages();
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining([...SHIPPED]));
  for (const { name, licence, text } of packages) {
    expect(licence, name).toMatch(/^\(?[A-Z]/);
    expect(text.length, name).toBeGreaterThan(200);
  }
});
