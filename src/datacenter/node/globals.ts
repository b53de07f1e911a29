// The global object of a process: JavaScript's own built-ins, and Node's globals, loaded when first used.
// Nothing of the host (network, storage, timers, clock) is reachable through it. Called by program.ts.
import type { Process } from '../machine/process.ts';
import { atomicsOf } from './atomics.ts';
import { ProgramProxy } from './bindings/proxies.ts';
import { buildClock } from './clock.ts';
import { BROWSER_GLOBALS, INTRINSICS, NODE_GLOBALS } from './loader/names.ts';
import type { Callable, Realm } from './realm.ts';
import { newPromise } from './realm-jobs.ts';

const UNDICI = 'internal/deps/undici/undici';

/** Global name to the library module that exports it. */
const LAZY: Readonly<Record<string, readonly string[]>> = {
  'internal/abort_controller': ['AbortController', 'AbortSignal'],
  'internal/crypto/webcrypto': ['Crypto', 'CryptoKey', 'SubtleCrypto', 'crypto'],
  'internal/event_target': ['Event', 'EventTarget', 'CustomEvent'],
  'internal/encoding': ['TextEncoder', 'TextDecoder'],
  'internal/url': ['URL', 'URLSearchParams'],
  'internal/webstreams/transformstream': ['TransformStream', 'TransformStreamDefaultController'],
  'internal/webstreams/writablestream': [
    'WritableStream',
    'WritableStreamDefaultController',
    'WritableStreamDefaultWriter',
  ],
  'internal/webstreams/readablestream': [
    'ReadableStream',
    'ReadableStreamDefaultReader',
    'ReadableStreamBYOBReader',
    'ReadableStreamBYOBRequest',
    'ReadableByteStreamController',
    'ReadableStreamDefaultController',
  ],
  'internal/navigator': ['Navigator', 'navigator'],
  'internal/webstreams/queuingstrategies': ['ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
  'internal/webstreams/compression': ['CompressionStream', 'DecompressionStream'],
  'internal/webstreams/encoding': ['TextEncoderStream', 'TextDecoderStream'],
  perf_hooks: [
    'PerformanceEntry',
    'PerformanceMark',
    'PerformanceMeasure',
    'PerformanceObserver',
    'PerformanceObserverEntryList',
    'PerformanceResourceTiming',
    'performance',
  ],
  timers: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
  'internal/process/task_queues': ['queueMicrotask'],
  [UNDICI]: ['CloseEvent', 'FormData', 'Headers', 'MessageEvent', 'Request', 'Response', 'WebSocket'],
  'internal/worker/io': ['BroadcastChannel', 'MessageChannel', 'MessagePort'],
  buffer: ['Blob', 'Buffer', 'File', 'atob', 'btoa'],
};

export function fillGlobals(realm: Realm): void {
  const target = realm.globalObject;
  const host = globalThis as unknown as Record<string, unknown>;
  for (const name of INTRINSICS) if (name in host) define(target, name, host[name]);
  if (realm.jobs !== null) define(target, 'Promise', realm.jobs.Promise);
  const { Date: ProcessDate } = buildClock(realm.process);
  define(target, 'Date', ProcessDate);
  define(target, 'Math', mathOf(realm.process));
  define(target, 'Proxy', ProgramProxy);
  define(target, 'Atomics', atomicsOf(realm.process));
  define(target, 'globalThis', target);
  define(target, 'global', target);
  define(target, 'process', realm.processObject);
  for (const [id, names] of Object.entries(LAZY)) for (const name of names) defineLazy(realm, name, id);
  defineGetter(target, 'console', () => realm.requireBuiltin('internal/console/global'));
  defineGetter(target, 'DOMException', () => realm.internalBinding('messaging')['DOMException']);
  define(target, 'structuredClone', realm.internalBinding('messaging')['structuredClone']);
  define(target, 'fetch', fetchOf(realm));
  defineGetter(target, 'URLPattern', () => realm.internalBinding('url_pattern')['URLPattern']);
  const { flags, collectGarbage } = realm.options;
  if (flags.some((flag) => /^--expose[-_]gc$/.test(flag))) define(target, 'gc', gcOf(realm, collectGarbage));
  for (const name of NODE_GLOBALS) if (!(name in target)) define(target, name, refusedClass(name));
  for (const name of BROWSER_GLOBALS) if (name in target) delete target[name];
  if (flags.includes('--experimental-eventsource')) defineLazy(realm, 'EventSource', UNDICI);
  Object.defineProperty(target, Symbol.toStringTag, { value: 'global', configurable: true });
}

/** Math with the machine's own chance. */
function mathOf(process: Process): Math {
  const math = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(Math)) as Math;
  Object.defineProperty(math, 'random', {
    value: () => process.random.fraction(),
    writable: true,
    configurable: true,
  });
  return math;
}

/** The `gc()` of --expose-gc: at once, or with a promise where it is asked for. */
function gcOf(
  realm: Realm,
  collect: (() => void) | undefined,
): (options?: { execution?: string }) => unknown {
  return (options) => {
    collect?.();
    return options?.execution === 'async' ? newPromise(realm, (resolve) => resolve()) : undefined;
  };
}

/** Stands for a class of Node's that the data center does not carry yet. */
function refusedClass(name: string): unknown {
  const refuse = function refused(): never {
    throw new Error(`expected a class that the data center carries, found ${name}: it is not there yet`);
  };
  return Object.defineProperty(refuse, 'name', { value: name });
}

/** Node's own fetch, loaded when it is first called. */
function fetchOf(realm: Realm): unknown {
  return function fetch(input: unknown, init: unknown = undefined): unknown {
    return (realm.requireBuiltin('internal/deps/undici/undici')['fetch'] as Callable)(input, init);
  };
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

function defineLazy(realm: Realm, name: string, id: string): void {
  defineGetter(realm.globalObject, name, () => realm.requireBuiltin(id)[name]);
}

/** A global that is made when it is first read. */
export function defineGetter(target: object, name: string, get: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: false,
    get: () => {
      const value = get();
      define(target, name, value);
      return value;
    },
    set: (value: unknown) => define(target, name, value),
  });
}
