// The engine's page: every deed has its words, refusals and limits are the engine's, and committed figures parse, name
// a version of Node and hold no date. Layout and reading are tests/site/reading.spec.ts.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deedsInWords } from '../../src/build/engine-deeds.ts';
import { type FigureName, figureFile, figureSchemas, figuresOf } from '../../src/build/engine-figures.ts';
import { limitsInWords, percentOf, refusedByReason } from '../../src/build/engine-page.ts';
import { LIMITS, REFUSALS } from '../../src/datacenter/datacenter.ts';
import { deedsOfChaos } from '../sandboxes/chaos-actions.ts';

test('every deed of the engine is there in words', () => {
  const deeds = deedsInWords();
  expect(deeds.map(({ deed }) => deed).sort()).toEqual([...deedsOfChaos].sort());
  expect(new Set(deeds.map(({ name }) => name)).size).toBe(deeds.length);
  for (const { deed, is } of deeds) expect(is.length, deed).toBeGreaterThan(20);
});

test('every refusal is listed once, under its reason; every limit with its number', () => {
  const listed = refusedByReason();
  expect(listed.flatMap(({ names }) => names).sort()).toEqual(REFUSALS.map(({ name }) => name).sort());
  expect(new Set(listed.map(({ why }) => why)).size).toBe(listed.length);
  expect(limitsInWords().map(({ most }) => Number(most.replace(/[^\d]/g, '')))).toEqual(
    LIMITS.map(({ most }) => most),
  );
});

test('a percentage is never rounded up', () => {
  expect([percentOf(999, 1000), percentOf(9999, 10_000), percentOf(1, 1), percentOf(0, 0)]).toEqual([
    '99.9',
    '99.9',
    '100.0',
    '–',
  ]);
});

describe('figures', () => {
  for (const name of Object.keys(figureSchemas) as FigureName[]) {
    const file = figureFile(name);
    const why = existsSync(file) ? '' : ` (skipped: ${file} was not measured yet)`;
    test.skipIf(!existsSync(file))(`of ${name} parse, name the pinned Node and hold no date${why}`, () => {
      expect(figuresOf(name)?.node).toBe(process.version);
      expect(readFileSync(file, 'utf8')).not.toMatch(/20\d\d-\d\d-\d\d|T\d\d:\d\d/);
    });
  }

  test('of another form are refused', () => {
    const good = { node: 'v24.1.0', half: 'even', applicable: 2, passed: 1, modules: [] };
    expect(figureSchemas.conformance.safeParse(good).success).toBe(true);
    for (const wrong of [{ node: '24' }, { half: 'all' }, { passed: -1 }, { date: 'today' }])
      expect(figureSchemas.conformance.safeParse({ ...good, ...wrong }).success).toBe(false);
  });
});
