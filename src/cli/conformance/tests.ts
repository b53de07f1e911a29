// Which test files of Node there are, to which module each belongs, and the flags it asks for.
// Knows names and headers only. Called by conformance.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Half = 'even' | 'odd';

export interface TestFile {
  /** Such as `test-net-listen.js`. */
  readonly file: string;
  readonly module: string;
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** First match counts; data. Files that none matches belong to the module of their first word. */
const MODULES: readonly (readonly [RegExp, string])[] = [
  [/^(?:event-emitter|events|event-capture|eventemitter)/, 'events'],
  [/^(?:event-?target|nodeeventtarget)/, 'event-target'],
  [/^(?:abortcontroller|abortsignal|aborted-util|abort-controller|abort-signal)/, 'abortcontroller'],
  [/^(?:timers?|set-?timeout|set-?interval|setimmediate|clear-?immediate)(?:-|$)/, 'timers'],
  [/^(?:next-?tick|process-next-tick)/, 'next-tick'],
  [/^(?:promises?)(?:-|$)/, 'promise'],
  [/^(?:string-decoder)/, 'string-decoder'],
  [/^(?:diagnostics-channel)/, 'diagnostics-channel'],
  [/^(?:async-local-storage|asynclocalstorage|als)(?:-|$)/, 'async-local-storage'],
  [/^(?:child-process)/, 'child_process'],
  [/^(?:stream[23]?|streams|readable|writable|duplex|transform)(?:-|$)/, 'stream'],
  [/^(?:whatwg-url|url|urlsearchparams)/, 'url'],
  [/^(?:fs|file)-/, 'fs'],
  [/^(?:process)(?:-|$)/, 'process'],
];

/** Base names without their ending; the even half is for work, the odd one is the exam. */
export function halfOf(file: string): Half {
  return file.replace(/\.[cm]?js$/, '').length % 2 === 0 ? 'even' : 'odd';
}

export function moduleOf(file: string): string {
  const name = file.replace(/^test-/, '').replace(/\.[cm]?js$/, '');
  return MODULES.find(([pattern]) => pattern.test(name))?.[1] ?? /^[^-_]+/.exec(name)?.[0] ?? name;
}

/** Test files of a half, in the order of their names. */
export function testFiles(tests: string, half: Half): TestFile[] {
  return readdirSync(join(tests, 'parallel'))
    .filter((file) => /^test-.*\.[cm]?js$/.test(file) && halfOf(file) === half)
    .sort()
    .map((file) => ({
      file,
      module: moduleOf(file),
      ...headerOf(readFileSync(join(tests, 'parallel', file), 'utf8')),
    }));
}

/** `// Flags: --a --b` and `// Env: A=b`, as Node's test/common reads them. */
export function headerOf(source: string): Pick<TestFile, 'flags' | 'environment'> {
  const words = (name: string): string[] =>
    (new RegExp(`^// ${name}:\\s+(.*)$`, 'm').exec(source.slice(0, 1500))?.[1] ?? '')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
  const pairs = words('Env').map((word) => [
    word.slice(0, word.indexOf('=')),
    word.slice(word.indexOf('=') + 1),
  ]);
  return { flags: words('Flags'), environment: Object.fromEntries(pairs) as Record<string, string> };
}
