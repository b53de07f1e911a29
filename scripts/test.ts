// `npm test`: types, lint, house, engine, site, unit and browser tests, and the sum at the end. One after another, but
// for the types, which use one core while the build waits for others. Goes on after a failed step so that one run shows
// everything; exits 1 if anything failed. The last line reads `N passed, N failed`, added up over vitest and Playwright,
// a failed step of another kind counting as one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { findBrowser } from './browser.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** JSON report of a test runner, from which passed and failed are taken. */
  readonly report?: { readonly path: string; readonly read: (json: unknown) => Tally };
  /** Steps after it cannot say anything without it. */
  readonly needed?: boolean;
  /** Goes on beside the next steps, and says what it has to say when it is done. */
  readonly beside?: boolean;
}
interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const steps: readonly Step[] = [
  { name: 'engine', command: ['npm', 'run', '--silent', 'prepare-engine'], needed: true },
  { name: 'content types', command: ['astro', 'sync'], needed: true },
  {
    name: 'types',
    command: ['sh', '-c', 'tsc --noEmit && astro check --noSync --minimumSeverity error'],
    beside: true,
  },
  { name: 'lint', command: ['biome', 'check', '.'] },
  { name: 'build', command: ['astro', 'build'], needed: true },
  {
    name: 'house, unit, sandboxes',
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=test-results/vitest.json',
    ],
    report: { path: 'test-results/vitest.json', read: readVitest },
  },
  {
    name: 'browser',
    command: ['playwright', 'test'],
    report: { path: 'test-results/playwright.json', read: readPlaywright },
  },
];

function field(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

function count(json: unknown, name: string): number {
  const value = field(json, name);
  return typeof value === 'number' ? value : 0;
}

function readVitest(json: unknown): Tally {
  return { passed: count(json, 'numPassedTests'), failed: count(json, 'numFailedTests') };
}

function readPlaywright(json: unknown): Tally {
  const stats = field(json, 'stats');
  return { passed: count(stats, 'expected') + count(stats, 'flaky'), failed: count(stats, 'unexpected') };
}

type Result = Tally & { readonly ok: boolean };

async function runStep(step: Step): Promise<Result> {
  const title = `\n== ${step.name}: ${step.command.join(' ')}\n`;
  if (step.beside !== true) process.stdout.write(title);
  const [command = '', ...rest] = step.command;
  const began = Date.now();
  const child = spawn(command, rest, { stdio: step.beside === true ? 'pipe' : 'inherit' });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const ok = code === 0;
  if (step.beside === true) process.stdout.write(`${title}${Buffer.concat(said).toString()}`);
  process.stdout.write(
    `== ${step.name}: ${ok ? 'ok' : 'FAILED'} after ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
  );
  if (step.report === undefined || !existsSync(step.report.path))
    return { ok, passed: 0, failed: ok ? 0 : 1 };
  const tally = step.report.read(JSON.parse(readFileSync(step.report.path, 'utf8')));
  return { ok, passed: tally.passed, failed: Math.max(tally.failed, ok ? 0 : 1) };
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');
process.env['ASTRO_TELEMETRY_DISABLED'] = '1';
// Hundreds of short processes are started from here on: they share what V8 has compiled.
process.env['NODE_COMPILE_CACHE'] = resolve('.generated', 'compile-cache');
process.stdout.write(`Node ${process.version}, browser ${findBrowser()}\n`);

const began = Date.now();
const running: [Step, Promise<Result>][] = [];
for (const step of steps) {
  const result = runStep(step);
  running.push([step, result]);
  if (step.beside !== true && !(await result).ok && step.needed === true) break;
}
let passed = 0;
let failed = 0;
const failures: string[] = [];
for (const [step, promise] of running) {
  const result = await promise;
  passed += result.passed;
  failed += result.failed;
  if (!result.ok) failures.push(step.name);
}
if (failures.length > 0) process.stdout.write(`\nFailed: ${failures.join(', ')}\n`);
process.stdout.write(
  `\nafter ${((Date.now() - began) / 1000).toFixed(0)} s\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
