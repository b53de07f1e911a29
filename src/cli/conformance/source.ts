// Node's own tests of the pinned version, out of Debian's source package, fetched once into .generated/ by apt
// with a sources list of its own. Nothing of it is committed. Called by conformance.ts.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RunProblem } from '../../runtime/runtime.ts';

const SOURCES = `Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm trixie forky sid
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

/** The `test/` folder of Node's sources; fetched where it is missing. `version` is such as `24.21.0`. */
export function testsOfNode(version: string, say: (text: string) => void): string {
  const folder = resolve('.generated/conformance', version);
  const tests = join(folder, 'test');
  if (existsSync(tests)) return tests;
  const apt = aptFolder(resolve('.generated/conformance/apt'));
  try {
    say(`fetching Node's tests from Debian's source package\n`);
    execFileSync('apt-get', [...apt, 'update'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const chosen = nearest(version, versionsOf(apt));
    if (!chosen.startsWith(version)) say(`Debian has no nodejs ${version}; taking the tests of ${chosen}\n`);
    mkdirSync(folder, { recursive: true });
    const fetch = [...apt, '-o', 'APT::Sandbox::User=root', 'source', '--download-only', `nodejs=${chosen}`];
    execFileSync('apt-get', fetch, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    unpack(folder);
  } catch (problem) {
    throw new RunProblem({
      expected: "to fetch Debian's source package nodejs by apt",
      found: String(problem).slice(0, 500),
      fix: 'name a test/ folder of Node with `--tests DIR`',
    });
  }
  return tests;
}

function aptFolder(folder: string): string[] {
  for (const part of ['parts', 'lists/partial', 'cache']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'parts/source.sources'), SOURCES);
  const set = (name: string, value: string): string[] => ['-o', `Dir::${name}=${value}`];
  return [
    ...set('Etc::SourceList', '/dev/null'),
    ...set('Etc::SourceParts', join(folder, 'parts')),
    ...set('State::Lists', join(folder, 'lists')),
    ...set('Cache', join(folder, 'cache')),
  ];
}

function versionsOf(apt: readonly string[]): string[] {
  const shown = execFileSync('apt-cache', [...apt, 'showsrc', 'nodejs'], { encoding: 'utf8' });
  return [...shown.matchAll(/^Version: (\S+)$/gm)].map((match) => match[1] ?? '');
}

/** The version itself, else the one whose numbers differ least, the first number counting most. */
export function nearest(version: string, there: readonly string[]): string {
  const exact = there.find(
    (each) =>
      each.startsWith(`${version}+`) || each.startsWith(`${version}~`) || each.startsWith(`${version}-`),
  );
  if (exact !== undefined) return exact;
  const numbers = (text: string): number[] => text.split(/[.+~-]/, 3).map(Number);
  const asked = numbers(version);
  const distance = (text: string): number =>
    numbers(text).reduce((sum, number, at) => sum * 1000 + Math.abs(number - (asked[at] ?? 0)), 0);
  const sorted = [...there].sort((a, b) => distance(a) - distance(b));
  const best = sorted[0];
  if (best === undefined) throw new Error('Debian has no source package nodejs');
  return best;
}

function unpack(folder: string): void {
  const archive = readdirSync(folder).find((name) => /^nodejs_[^_]*\.orig\.tar\.xz$/.test(name));
  if (archive === undefined) throw new Error('expected nodejs_*.orig.tar.xz, found none');
  const parts = ['common', 'fixtures', 'parallel'].map((name) => `*/test/${name}`);
  const partial = join(folder, 'unpacking');
  mkdirSync(partial, { recursive: true });
  const tar = ['-xf', join(folder, archive), '-C', partial, '--strip-components=1', '--wildcards', ...parts];
  execFileSync('tar', tar, { stdio: ['ignore', 'ignore', 'pipe'] });
  // Without a package of their own the tests would be taken for ES modules, as the files of ours are.
  writeFileSync(join(folder, 'package.json'), '{}\n');
  renameSync(join(partial, 'test'), join(folder, 'test'));
}
