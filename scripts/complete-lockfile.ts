// Adds to package-lock.json the platform builds that npm left out because the registry at hand did not carry them
// (`npm ci` refuses a lockfile without them, on every machine). They are entries of other platforms, so nothing
// here fetches them. Run after `npm install`: `npm run lockfile`; `--check` only says whether any is missing.
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lockfile {
  packages: Record<string, Locked & Record<string, unknown>>;
}

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'wasi',
];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

/** The platform that a package's name says, such as `@biomejs/cli-linux-x64-musl`. */
function platformOf(name: string): { os?: string[]; cpu?: string[]; libc?: string[] } {
  const parts = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => parts.includes(system));
  const cpu = PROCESSORS.find((processor) => parts.includes(processor));
  const libc = parts.some((part) => part.startsWith('musl'))
    ? 'musl'
    : parts.some((part) => part.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === undefined || os === 'wasi' ? {} : { os: [os] }),
    ...(libc === undefined || os !== 'linux' ? {} : { libc: [libc] }),
  };
}

/** Entries that the lockfile lacks, by their place in it. Complains about names that say no platform. */
export function missingEntries(lockfile: Lockfile): Record<string, Record<string, unknown>> {
  const missing: Record<string, Record<string, unknown>> = {};
  for (const [place, locked] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      const isThere = [`${place}/node_modules/${name}`, `node_modules/${name}`].some(
        (at) => at.replace(/^\//, '') in lockfile.packages,
      );
      if (isThere || place === '') continue;
      const platform = platformOf(name);
      if (Object.keys(platform).length === 0) {
        throw new Error(
          `Expected the name of a platform in ${name} (optional dependency of ${place}), found none: install it, or add its entry by hand.`,
        );
      }
      missing[`node_modules/${name}`] = {
        version,
        ...platform,
        ...(locked.dev === true ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

if (import.meta.main) {
  const lockfile = JSON.parse(readFileSync(FILE, 'utf8')) as Lockfile;
  const missing = missingEntries(lockfile);
  const names = Object.keys(missing);
  if (process.argv.includes('--check')) {
    if (names.length > 0)
      console.error(`package-lock.json lacks ${names.length} platform builds: run \`npm run lockfile\`.`);
    process.exitCode = names.length === 0 ? 0 : 1;
  } else {
    const [root = '', ...places] = Object.keys({ ...lockfile.packages, ...missing }).sort();
    lockfile.packages = Object.fromEntries(
      [root, ...places].map((place) => [place, lockfile.packages[place] ?? missing[place] ?? {}]),
    );
    writeFileSync(FILE, `${JSON.stringify(lockfile, null, 2)}\n`);
    console.log(`added ${names.length} platform builds to package-lock.json`);
  }
}
