// Methods and facts of the process object that need the library: usage, clock, identity, warnings, features, flags.
// Refuses add-ons, source maps and bindings that the data center has not. Called by process-object.ts.
import { lazily } from './lazily.ts';
import type { Binding, Callable, LibraryExports, Realm } from './realm.ts';
import { refusedError } from './refused.ts';

type ProcessObject = Record<string | symbol, unknown>;

const WRAPPED = [
  'loadEnvFile',
  '_rawDebug',
  'cpuUsage',
  'threadCpuUsage',
  'resourceUsage',
  'memoryUsage',
  'kill',
  'exit',
  'execve',
];
const RAW = [
  'dlopen',
  'uptime',
  '_getActiveRequests',
  '_getActiveHandles',
  'getActiveResourcesInfo',
  'reallyExit',
  '_kill',
  'constrainedMemory',
  'availableMemory',
  'abort',
];

/** What `process.binding` still gives in Node, of what the data center has. */
const PUBLIC_BINDINGS: ReadonlySet<string> = new Set([
  'buffer',
  'cares_wrap',
  'config',
  'constants',
  'contextify',
  'fs',
  'fs_event_wrap',
  'icu',
  'inspector',
  'js_stream',
  'os',
  'pipe_wrap',
  'process_wrap',
  'spawn_sync',
  'stream_wrap',
  'tcp_wrap',
  'tls_wrap',
  'tty_wrap',
  'udp_wrap',
  'uv',
  'zlib',
]);

/** Read-only names of flags that are set. */
const FLAG_ALIASES: readonly (readonly [string, string])[] = [
  ['noDeprecation', '--no-deprecation'],
  ['noProcessWarnings', '--no-warnings'],
  ['traceProcessWarnings', '--trace-warnings'],
  ['throwDeprecation', '--throw-deprecation'],
  ['traceDeprecation', '--trace-deprecation'],
];

export function addMethods(realm: Realm, self: ProcessObject): void {
  const raw: Binding = realm.internalBinding('process_methods');
  const perThread = realm.requireBuiltin('internal/process/per_thread');
  const wrapped = (perThread['wrapProcessMethods'] as (raw: Binding) => LibraryExports)(raw);
  for (const name of WRAPPED) self[name] = wrapped[name];
  for (const name of RAW) self[name] = raw[name];
  const hrtime = perThread['hrtime'] as { bigint?: unknown };
  hrtime.bigint = perThread['hrtimeBigInt'];
  self['hrtime'] = hrtime;
  (perThread['refreshHrtimeBuffer'] as (() => void) | undefined)?.();
  self['ref'] = perThread['ref'];
  self['unref'] = perThread['unref'];
  self['openStdin'] = () => {
    const stdin = self['stdin'] as { resume(): void };
    stdin.resume();
    return stdin;
  };
  const credentials = realm.internalBinding('credentials');
  for (const name of ['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups']) self[name] = credentials[name];
  // umask, chdir, cwd and the setters of users and groups: a script of Node's bootstrap.
  realm.library.function('internal/bootstrap/switches/does_own_process_state')(
    self,
    realm.require,
    realm.internalBinding,
    realm.primordials,
  );
  self['binding'] = (name: unknown) => bindingOf(realm, String(name));
  self['getBuiltinModule'] = (id: unknown) => {
    const { validateString } = realm.requireBuiltin('internal/validators') as Record<string, Callable>;
    validateString?.(id, 'id');
    return realm.isPublicBuiltin(String(id))
      ? realm.requirePublic(String(id).replace(/^node:/, ''))
      : undefined;
  };
  self['setSourceMapsEnabled'] = (isOn: unknown) => {
    if (isOn !== false) throw refusedError('module.setSourceMapsSupport()');
  };
  lazily(self, 'finalization', () =>
    (realm.requireBuiltin('internal/process/finalization')['createFinalization'] as () => unknown)(),
  );
  lazily(self, 'report', () => realm.requireBuiltin('internal/process/report')['report']);
  lazily(self, 'allowedNodeEnvironmentFlags', () => (perThread['buildAllowedFlags'] as () => unknown)());
}

export function addWarnings(realm: Realm, self: ProcessObject): void {
  const { emitWarning, onWarning } = realm.requireBuiltin('internal/process/warning');
  const { getOptionValue } = realm.requireBuiltin('internal/options') as {
    getOptionValue: (name: string) => unknown;
  };
  self['emitWarning'] = emitWarning;
  const environment = self['env'] as Record<string, string>;
  if (getOptionValue('--warnings') === true && environment['NODE_NO_WARNINGS'] !== '1')
    (self['on'] as Callable).call(self, 'warning', onWarning);
  for (const [name, flag] of FLAG_ALIASES) {
    const value = getOptionValue(flag);
    if (value) Object.defineProperty(self, name, { value, configurable: true, enumerable: true });
  }
}

/** Facts that Node reads out of how it was built: its build's settings, and what of them runs here. */
export function addFacts(realm: Realm, self: ProcessObject): void {
  lazily(self, 'config', () => {
    const { text } = realm.library.data('build_config');
    return JSON.parse(String(text), (_, value: unknown) => Object.freeze(value));
  });
  const features = {
    inspector: false,
    debug: false,
    uv: true,
    ipv6: true,
    tls_alpn: true,
    tls_sni: true,
    tls_ocsp: true,
    tls: true,
    openssl_is_boringssl: false,
    cached_builtins: true,
    require_module: true,
    quic: false,
    typescript: 'strip',
  };
  Object.defineProperty(self, 'features', { value: features, enumerable: true });
}

function bindingOf(realm: Realm, name: string): unknown {
  if (name === 'natives') return realm.internalBinding('builtins')['natives'];
  if (name === 'util') return realm.internalBinding('types');
  if (!PUBLIC_BINDINGS.has(name)) throw new Error(`No such module: ${name}`);
  return realm.internalBinding(name);
}
