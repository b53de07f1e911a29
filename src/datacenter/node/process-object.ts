// The `process` object of a program, put together as Node's bootstrap does. Called by realm.ts (the bare
// object, needed by every module) and program.ts (what needs the library).
import { perThreadSymbol } from './bindings/plain.ts';
import { hasText } from './loader/main.ts';
import { environmentFlags, environmentOf } from './process-environment.ts';
import { addFatal } from './process-fatal.ts';
import { addFacts, addMethods, addWarnings } from './process-methods.ts';
import { addStreams } from './process-streams.ts';
import type { Callable, Realm } from './realm.ts';

type ProcessObject = Record<string | symbol, unknown>;

const EXITING = 0;
const EXIT_CODE = 1;
const HAS_EXIT_CODE = 2;

/** Facts that modules read while they load: versions, platform, arguments, environment. */
export function buildProcessObject(realm: Realm): ProcessObject {
  // Named by its key: a bundler would give a function of this name another one.
  const { process: make } = { process: (): void => {} };
  const prototype = Object.create(Object.prototype, {
    constructor: { value: make, writable: true, configurable: true },
  }) as object;
  // Said apart: bundlers rename functions that are called as a global is.
  Object.defineProperty(make, 'name', { value: 'process', configurable: true });
  make.prototype = prototype;
  const self = Object.create(prototype) as ProcessObject;
  const { versions, release } = realm.library.data('process') as { versions: object; release: object };
  const [script = '', ...parameters] = realm.options.command;
  Object.assign(self, {
    version: realm.library.source.version,
    versions: Object.freeze({ ...versions }),
    release: { ...release },
    arch: 'x64',
    platform: 'linux',
    title: titleOf(realm),
    pid: realm.machine.thread?.group.pid ?? realm.process.pid,
    ppid: realm.options.parentPid ?? 1,
    execPath: '/usr/bin/node',
    execArgv: [...realm.options.flags],
    // Text, whatever a parent passed.
    argv: ['/usr/bin/node', ...(hasText(realm.options.flags) ? [] : [script]), ...parameters.map(String)],
    argv0: realm.options.argv0 ?? 'node',
    debugPort: 9229,
    env: realm.machine.thread?.sharedEnvironment ?? environmentOf(realm),
    moduleLoadList: [],
    domain: null,
    stdin: undefined,
  });
  addFacts(realm, self);
  self[perThreadSymbol('exit_info_private_symbol')] = new Int32Array(3);
  return self;
}

function titleOf(realm: Realm): string {
  const { flags, environment } = realm.options;
  const flag = [...environmentFlags(environment), ...flags].findLast((each) => each.startsWith('--title='));
  return flag?.slice('--title='.length) ?? 'node';
}

/** Gives the object its methods, once the library can be loaded. */
export function completeProcessObject(realm: Realm): void {
  const self = realm.processObject;
  const EventEmitter = realm.requireBuiltin('events') as unknown as { prototype: object } & Callable;
  Object.setPrototypeOf(Object.getPrototypeOf(self) as object, EventEmitter.prototype);
  EventEmitter.call(self);
  Object.defineProperty(self, Symbol.toStringTag, { writable: true, value: 'process' });
  addExitCode(realm, self);
  addMethods(realm, self);
  addFatal(realm, self);
  addWarnings(realm, self);
  addStreams(realm, self);
  if (realm.machine.thread !== undefined) return;
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
