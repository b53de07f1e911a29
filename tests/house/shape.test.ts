// Holds every program file to the house's sizes, its opening comment, and types that do not give up.
// Each rule is first tried on examples that break it.
import { describe, expect, it } from 'vitest';
import { filesBelow, programFiles } from './repository.ts';
import { functionComplaints, headerComplaints, lengthComplaints, surrenderComplaints } from './shape.ts';

const lines = (count: number) => 'x;\n'.repeat(count);
// What a mistake of an exercise shows is a mistake; its shape is still the house's.
const files = programFiles();

describe('length of files', () => {
  it('is 300 lines at most, 150 in a sandbox, none for data tables', () => {
    expect(lengthComplaints({ path: 'src/a.ts', text: lines(300) })).toEqual([]);
    expect(lengthComplaints({ path: 'src/a.ts', text: lines(301) })).toEqual([
      'src/a.ts has 301 lines; 300 is the most. Find the second idea in it and give it a file.',
    ]);
    expect(lengthComplaints({ path: 'sandboxes/x/a.ts', text: lines(151) })).toHaveLength(1);
    expect(lengthComplaints({ path: 'src/a.ts', text: `// data table: codes.\n${lines(400)}` })).toEqual([]);
  });
  it('holds here', () => {
    const styles = filesBelow('src', ['.css', '.astro']);
    expect([...files, ...styles].flatMap(lengthComplaints)).toEqual([]);
  });
});

describe('length of functions', () => {
  it('is 70 lines at most, whatever kind of function it is', () => {
    const body = lines(69);
    for (const [open, close] of [
      ['function f() {\n', '}'],
      ['const f = () => {\n', '};'],
      ['class A { f() {\n', '} }'],
    ]) {
      expect(functionComplaints({ path: 'src/a.ts', text: `${open}${lines(68)}${close}` }), open).toEqual([]);
      expect(functionComplaints({ path: 'src/a.ts', text: `${open}${body}${close}` }), open).toHaveLength(1);
    }
  });
  it('holds here', () => expect(files.flatMap(functionComplaints)).toEqual([]));
});

describe('opening comment', () => {
  it('has 2 to 6 lines', () => {
    const wanted =
      'src/a.ts opens with 1 lines of comment; 2 to 6 are wanted. Say what it is, what it refuses, who calls it.';
    expect(headerComplaints({ path: 'src/a.ts', text: '// One line.\nx;\n' })).toEqual([wanted]);
    expect(headerComplaints({ path: 'src/a.ts', text: 'x;\n' })).toHaveLength(1);
    expect(headerComplaints({ path: 'src/a.ts', text: '// a\n'.repeat(7) })).toHaveLength(1);
    expect(headerComplaints({ path: 'src/a.ts', text: '#!/usr/bin/env node\n// a\n// b\nx;\n' })).toEqual([]);
    expect(headerComplaints({ path: 'src/a.css', text: '/* a\n   b */\nx {}\n' })).toEqual([]);
    expect(headerComplaints({ path: 'src/a.astro', text: '---\n// a\n// b\nimport a;\n---\n' })).toEqual([]);
  });
  it('is there', () => {
    const rest = ['src', 'scripts'].flatMap((folder) => filesBelow(folder, ['.css', '.astro']));
    expect([...files, ...rest].flatMap(headerComplaints)).toEqual([]);
  });
});

describe('types that give up', () => {
  it('are found', () => {
    for (const text of [
      'let a: any;',
      'f(x as any);',
      'const m = new Map<string, any>();',
      '// @ts-ignore\nx;',
      '// @ts-nocheck\n',
    ]) {
      expect(surrenderComplaints({ path: 'src/a.ts', text }), text).toHaveLength(1);
    }
    expect(surrenderComplaints({ path: 'src/a.ts', text: "// any of them\nconst any = 'any';" })).toEqual([]);
  });
  it('are not used here', () => {
    const judged = files.filter(
      ({ path }) => path !== 'tests/house/shape.ts' && path !== 'tests/house/shape.test.ts',
    );
    expect(judged.flatMap(surrenderComplaints)).toEqual([]);
  });
});
