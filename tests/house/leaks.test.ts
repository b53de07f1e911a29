// No file of the built site holds a canary, what is right in graded questions, or words of a hidden check. Needs dist/ (npm
// run build). The search is first tried on leaks of every kind, planted in a folder.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { filesBelow, leaks } from '../../src/cli/leaks.ts';
import { secrets } from '../../src/cli/secrets.ts';
import { zipOf } from '../../src/runtime/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'brownout-leaks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const known = secrets();
const path = 'content/chapters/11-load-balancing/graded.yml';
interface Graded {
  readonly canary: string;
  readonly questions: readonly {
    readonly id: string;
    readonly items?: readonly { readonly text: string }[];
    readonly options?: readonly { readonly text: string; readonly feedback: string }[];
  }[];
}
const { canary, questions } = parse(readFileSync(path, 'utf8')) as Graded;
const feedback = questions.find(({ id }) => id === 'blind-check')?.options?.[0]?.feedback ?? '';
const items = questions.find(({ id }) => id === 'new-version')?.items?.map(({ text }) => text) ?? [];

describe('secrets of the grader', () => {
  it('are found in whatever they are packed', async () => {
    const words = feedback.split(' ');
    const planted: Readonly<Record<string, string | Uint8Array>> = {
      'a.map': `{"sourcesContent":["canary: ${canary}"]}`,
      'page.html': `<p>${words.slice(0, 4).join(' ')} <em>${words[4]}</em>\n  ${words.slice(5).join('&nbsp;')}</p>`,
      'data.js': JSON.stringify({ said: feedback.replaceAll(' ', '\n') }),
      'inline.js': `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify([canary]))}`,
      'en.pf_fragment': gzipSync(`pagefind_dcd${feedback}`),
      'package.zip': await zipOf('in', { 'x.json': feedback }),
      'formula.js': 'const f="rate * each ^ layers"',
      'hidden.js': "x({name:'a',y:'no order is given to a second app'})",
      'order.json': JSON.stringify(items.map((text) => ({ text }))),
      'keys.json': JSON.stringify({ graded: [{ id: 'a', options: [{ text: 'b', right: true }] }] }),
    };
    for (const [name, content] of Object.entries(planted)) writeFileSync(join(folder, name), content);
    const found = leaks(filesBelow(folder), known).map((line) => line.slice(folder.length + 1));
    const quiet = Object.keys(planted).filter((name) => !found.some((line) => line.startsWith(name)));
    expect(quiet).toEqual([]);
    expect(found).toContain(`a.map holds '${canary}' of the canary of ${path}`);
    expect(found).toContain(`order.json holds the right order of ${path}: new-version`);
    expect(found).toContain("keys.json holds 'right' of graded questions");
  });

  it('are not what everybody is shown', () => {
    const shown = { graded: [...items].reverse().map((text) => ({ text })) };
    const page = readFileSync('content/chapters/11-load-balancing/quiz.yml');
    const check = readFileSync('sandboxes/load-balancer/exercises/retry/check.ts');
    const files = [page, check, Buffer.from(JSON.stringify(shown))].map((bytes) => ['x', bytes] as const);
    expect(leaks(files, known)).toEqual([]);
  });

  it('are in no file of the built site', () => {
    if (!existsSync('dist/index.html'))
      throw new Error('expected the built site in dist/, found none: run `npm run build` first.');
    expect(known.phrases.size).toBeGreaterThan(100);
    expect(leaks(filesBelow('dist'), known)).toEqual([]);
  });
});
