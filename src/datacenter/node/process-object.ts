// The `process` object of a program, put together as Node's bootstrap does. Called by realm.ts (the bare
// object, needed by every module) and boot.ts (what needs the library).

import type { PipeHandle } from './bindings/pipe-handle.ts';
import { perThreadSymbol } from './bindings/plain.ts';
import type { Binding, Callable, LibraryExports, Realm } from './realm.ts';

type ProcessObject = Record<string | symbol, unknown>;

const EXITING = 0;
const EXIT_CODE = 1;
const HAS_EXIT_CODE = 2;

/** Facts that modules read while they load: versions, platform, arguments, environment. */
export function buildProcessObject(realm: Realm): ProcessObject {
  const prototype = Object.create(Object.prototype, {
    constructor: { value: function process() {}, writable: true, configurable: true },
  }) as object;
  const self = Object.create(prototype) as ProcessObject;
  const { versions, release } = realm.library.data('process') as { versions: object; release: object };
  const [script = '', ...parameters] = realm.options.command;
  Object.assign(self, {
    version: realm.library.source.version,
    versions: Object.freeze({ ...versions }),
    release: { ...release },
    arch: 'x64',
    platform: 'linux',
    title: 'node',
    pid: realm.process.pid,
    ppid: realm.options.parentPid ?? 1,
    execPath: '/usr/bin/node',
    execArgv: [...realm.options.flags],
    argv: ['/usr/bin/node', script, ...parameters],
    argv0: 'node',
    debugPort: 9229,
    env: environmentOf(realm.options.environment),
    features: {
      inspector: false,
      debug: false,
      uv: true,
      ipv6: false,
      tls: false,
      typescript: 'strip',
      require_module: true,
    },
    config: { target_defaults: {}, variables: {} },
    moduleLoadList: [],
    domain: null,
    stdin: undefined,
  });
  self[perThreadSymbol('exit_info_private_symbol')] = new Int32Array(3);
  return self;
}

/** An object that turns what is put into it into text, as environments do. */
function environmentOf(initial: Readonly<Record<string, string>>): Record<string, string> {
  const refuseSymbol = (key: PropertyKey): void => {
    if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  };
  return new Proxy(
    { ...initial },
    {
      set(target, key, value): boolean {
        refuseSymbol(key);
        target[String(key)] = String(value);
        return true;
      },
      defineProperty(target, key, descriptor): boolean {
        refuseSymbol(key);
        return Reflect.defineProperty(target, key, { ...descriptor, value: String(descriptor.value) });
      },
    },
  );
}

/** Gives the object its methods, once the library can be loaded. */
export function completeProcessObject(realm: Realm): void {
  const self = realm.processObject;
  const EventEmitter = realm.requireBuiltin('events') as unknown as { prototype: object } & Callable;
  Object.setPrototypeOf(Object.getPrototypeOf(self) as object, EventEmitter.prototype);
  EventEmitter.call(self);
  Object.defineProperty(self, Symbol.toStringTag, { configurable: true, value: 'process' });
  addExitCode(realm, self);
  addMethods(realm, self);
  addStreams(realm, self);
  const signals = realm.requireBuiltin('internal/process/signal');
  (self['on'] as Callable).call(self, 'newListener', signals['startListeningIfSignal']);
  (self['on'] as Callable).call(self, 'removeListener', signals['stopListeningIfSignal']);
}

function addExitCode(realm: Realm, self: ProcessObject): void {
  const fields = self[perThreadSymbol('exit_info_private_symbol')] as Int32Array;
  Object.defineProperty(self, '_exiting', {
    get: () => fields[EXITING] === 1,
    set: (value: unknown) => {
      fields[EXITING] = value ? 1 : 0;
    },
    enumerable: true,
    configurable: true,
  });
  Object.defineProperty(self, 'exitCode', {
    get: () => (fields[HAS_EXIT_CODE] === 1 ? fields[EXIT_CODE] : undefined),
    set: (code: unknown) => {
      if (code === undefined || code === null) {
        fields[HAS_EXIT_CODE] = 0;
        return;
      }
      const number = typeof code === 'string' && code !== '' ? Number(code) : code;
      const value = Number.isNaN(number) ? code : number;
      const { validateInteger } = realm.requireBuiltin('internal/validators') as {
        validateInteger: Callable;
      };
      validateInteger(value, 'code');
      fields[EXIT_CODE] = Number(value);
      fields[HAS_EXIT_CODE] = 1;
    },
    enumerable: true,
    configurable: false,
  });
}

function addMethods(realm: Realm, self: ProcessObject): void {
  const raw: Binding = realm.internalBinding('process_methods');
  const perThread = realm.requireBuiltin('internal/process/per_thread');
  const wrapped = (perThread['wrapProcessMethods'] as (raw: Binding) => LibraryExports)(raw);
  for (const name of [
    'cpuUsage',
    'resourceUsage',
    'memoryUsage',
    'kill',
    'exit',
    '_rawDebug',
    'loadEnvFile',
    'execve',
  ]) {
    if (wrapped[name] !== undefined) self[name] = wrapped[name];
  }
  for (const name of [
    'uptime',
    'reallyExit',
    '_kill',
    'abort',
    'cwd',
    'chdir',
    'umask',
    'constrainedMemory',
    'availableMemory',
    '_getActiveHandles',
    '_getActiveRequests',
    'getActiveResourcesInfo',
  ]) {
    self[name] = raw[name];
  }
  const hrtime = perThread['hrtime'] as { bigint?: unknown };
  hrtime.bigint = perThread['hrtimeBigInt'];
  self['hrtime'] = hrtime;
  (perThread['refreshHrtimeBuffer'] as (() => void) | undefined)?.();
  const credentials = realm.internalBinding('credentials');
  for (const name of ['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups']) self[name] = credentials[name];
  const { emitWarning, onWarning } = realm.requireBuiltin('internal/process/warning');
  self['emitWarning'] = emitWarning;
  (self['on'] as Callable).call(self, 'warning', onWarning);
  self['setUncaughtExceptionCaptureCallback'] = (callback: unknown) => {
    captureOf.set(self, typeof callback === 'function' ? (callback as Callable) : null);
  };
  self['hasUncaughtExceptionCaptureCallback'] = () => (captureOf.get(self) ?? null) !== null;
  self['_fatalException'] = (error: unknown, fromPromise: boolean) =>
    handleFatal(realm, self, error, fromPromise);
  self['binding'] = (name: string) => {
    throw new Error(`No such binding: ${name}`);
  };
  self['getBuiltinModule'] = (id: string) =>
    realm.isPublicBuiltin(id) ? realm.requirePublic(id.replace(/^node:/, '')) : undefined;
}

const captureOf = new WeakMap<ProcessObject, Callable | null>();

/** stdout and stderr write to the machine's log at once; stdin is at its end. */
function addStreams(realm: Realm, self: ProcessObject): void {
  for (const [name, fd] of [
    ['stdout', 1],
    ['stderr', 2],
  ] as const) {
    let stream: LibraryExports | undefined;
    Object.defineProperty(self, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        if (stream === undefined) {
          const SyncWriteStream = realm.requireBuiltin('internal/fs/sync_write_stream') as unknown as new (
            fd: number,
            options: object,
          ) => LibraryExports;
          stream = new SyncWriteStream(fd, { autoClose: false });
          stream['_type'] = 'fs';
          stream['_isStdio'] = true;
          stream['destroySoon'] = stream['destroy'];
        }
        return stream;
      },
    });
  }
  let stdin: unknown;
  Object.defineProperty(self, 'stdin', {
    configurable: true,
    enumerable: true,
    get: () => {
      if (stdin === undefined && realm.options.stdio?.[0]?.kind === 'pipe') stdin = pipedInput(realm);
      if (stdin === undefined) {
        const { Readable } = realm.requireBuiltin('stream') as {
          Readable: new (options: object) => { push(chunk: null): void };
        };
        const ended = new Readable({ read: () => undefined });
        ended.push(null);
        stdin = Object.assign(ended, { fd: 0 });
      }
      return stdin;
    },
  });
}

/** Standard input that another process writes, as Node makes it: flows once somebody listens. */
function pipedInput(realm: Realm): unknown {
  const { Socket } = realm.requireBuiltin('net') as { Socket: new (options: object) => LibraryExports };
  const { Pipe } = realm.internalBinding('pipe_wrap') as { Pipe: new (type: number) => PipeHandle };
  const handle = new Pipe(0);
  handle.open(0);
  const input = new Socket({ handle, readable: true, writable: false, manualStart: true });
  handle.unref();
  Object.assign(input, { fd: 0, _type: 'pipe' });
  const on = input['on'] as Callable;
  on.call(input, 'pause', () => {
    if (!handle.reading) return;
    handle.readStop();
    handle.unref();
  });
  on.call(input, 'resume', () => handle.ref());
  return input;
}

/** Listeners first; where there is none, the error is printed as Node prints it and the process ends. */
function handleFatal(realm: Realm, self: ProcessObject, error: unknown, fromPromise: boolean): void {
  const emit = self['emit'] as Callable;
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  emit.call(self, 'uncaughtExceptionMonitor', error, origin);
  const capture = captureOf.get(self) ?? null;
  if (capture !== null) {
    capture(error);
    return;
  }
  if (emit.call(self, 'uncaughtException', error, origin) === true) return;
  realm.machine.print('stderr', realm.describeFatal(error));
  if (self['_exiting'] !== true) {
    self['_exiting'] = true;
    self['exitCode'] = 1;
    emit.call(self, 'exit', 1);
  }
  const code = self['exitCode'];
  realm.end({
    code: typeof code === 'number' ? code : 1,
    signal: null,
    why: `an error that nobody caught: ${firstLine(error)}`,
  });
}

function firstLine(error: unknown): string {
  try {
    return String(error instanceof Error ? `${error.name}: ${error.message}` : error).split('\n', 1)[0] ?? '';
  } catch {
    return 'an error that cannot be shown';
  }
}
