// What the pinned real Node does with each test: the measure. Runs a few at a time, in processes of their own, and
// keeps the results in .generated/, by version and folder. A test that starts programs other than Node does not
// count. Called by conformance.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BaselineCache } from './baseline-cache.ts';
import { inParallel } from './parallel.ts';
import type { TestFile } from './tests.ts';

export interface Baseline {
  readonly verdict: 'applicable' | 'skipped' | 'failed' | 'programs';
  /** For people: what failed, or which programs were started. */
  readonly why: string;
}

const OUTPUT_MAX = 100_000;
const SKIPPED = /^1\.\.0 # Skipped: (.*)$/m;
export const skipReason = (output: string): string | undefined => SKIPPED.exec(output)?.[1];

/** Tells, before a test runs, which programs other than this Node it starts. */
const WATCH = `'use strict';
const { ChildProcess } = require('child_process');
const children = require('child_process');
const note = (file) => {
  if (typeof file !== 'string' || file === process.execPath) return;
  require('fs').appendFileSync(process.env.BROWNOUT_PROGRAMS, file + '\\n');
};
const spawn = ChildProcess.prototype.spawn;
ChildProcess.prototype.spawn = function (options) { note(options && options.file); return Reflect.apply(spawn, this, arguments); };
for (const name of ['spawnSync', 'execFileSync']) {
  const real = children[name];
  children[name] = function (file, more) {
    const options = Array.isArray(more) ? arguments[2] : more;
    note(options && options.shell ? '/bin/sh' : file);
    return Reflect.apply(real, this, arguments);
  };
}
const execSync = children.execSync;
children.execSync = function () { note('/bin/sh'); return Reflect.apply(execSync, this, arguments); };
`;

export async function baselines(
  tests: string,
  files: readonly TestFile[],
  limits: { readonly seconds: number; readonly jobs: number },
  say: (text: string) => void,
): Promise<ReadonlyMap<string, Baseline>> {
  const key = createHash('sha256').update(tests).digest('hex').slice(0, 8);
  const cache = new BaselineCache(
    resolve(`.generated/conformance/baseline-${process.version}-${limits.seconds}s-${key}.json`),
  );
  const results = new Map(cache.read());
  const missing = files.filter(({ file }) => !results.has(file));
  if (missing.length > 0) say(`running ${missing.length} tests on Node ${process.version} for the measure\n`);
  await inParallel(missing, limits.jobs, async (test, job) => {
    const found = await baselineOf(tests, test, limits.seconds, job);
    results.set(test.file, found);
    cache.add(test.file, found);
  });
  cache.write();
  return results;
}

async function baselineOf(tests: string, test: TestFile, seconds: number, job: number): Promise<Baseline> {
  const plain = await runOnNode(tests, test, seconds, job, []);
  if (plain.code !== 0) return { verdict: 'failed', why: firstLines(plain.output) };
  const why = skipReason(plain.output);
  if (why !== undefined) return { verdict: 'skipped', why };
  const source = readFileSync(join(tests, 'parallel', test.file), 'utf8');
  if (!/child_process|spawn|pwdCommand|exec/i.test(source)) return { verdict: 'applicable', why: '' };
  const folder = mkdtempSync(join(tmpdir(), 'brownout-baseline-'));
  try {
    const [watch, list] = [join(folder, 'watch.cjs'), join(folder, 'programs')];
    writeFileSync(watch, WATCH);
    writeFileSync(list, '');
    await runOnNode(
      tests,
      { ...test, environment: { ...test.environment, BROWNOUT_PROGRAMS: list } },
      seconds,
      job,
      ['--require', watch],
    );
    const programs = [...new Set(readFileSync(list, 'utf8').split('\n').filter(Boolean))];
    return programs.length === 0
      ? { verdict: 'applicable', why: '' }
      : { verdict: 'programs', why: programs.slice(0, 3).join(', ') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOnNode(
  tests: string,
  test: TestFile,
  seconds: number,
  job: number,
  more: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [...test.flags, ...more, join(tests, 'parallel', test.file)], {
      cwd: tests,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        NODE_TEST_KNOWN_GLOBALS: '0',
        NODE_SKIP_FLAG_CHECK: '1',
        TEST_THREAD_ID: String(job),
        TEST_SERIAL_ID: String(job),
        NODE_TEST_DIR: tmpdir(),
        ...test.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const take = (chunk: Buffer): void => {
      if (output.length < OUTPUT_MAX) output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (code: number | null): void => {
      clearTimeout(timer);
      // Children that a test leaves behind would keep our streams open.
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {}
      child.stdout.destroy();
      child.stderr.destroy();
      done({ code, output });
    };
    const timer = setTimeout(() => end(null), seconds * 1000);
    child.on('exit', (code) => setTimeout(() => end(code), 20));
    child.on('error', () => end(null));
  });
}

function firstLines(output: string): string {
  return output.trim().split('\n').slice(0, 2).join(' ').slice(0, 200);
}
