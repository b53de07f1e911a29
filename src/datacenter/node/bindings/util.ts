// What util and inspect ask of the engine below JavaScript: own keys, previews of collections, names.
// States of promises cannot be seen from JavaScript: inspect shows that they are unknown.

import { SharedMemory } from '../../base/shared-memory.ts';
import { notedClass } from '../class-names.ts';
import { jobPromiseState } from '../job-slots.ts';
import { promiseState } from '../promise-states.ts';
import type { Binding, Realm } from '../realm.ts';
import { callSitesOf, framesOf, inSource, programFrame } from '../stack.ts';
import { typeOfDescriptor } from './descriptors.ts';
import { perThreadSymbol } from './plain.ts';
import { proxyDetailsOf } from './proxies.ts';

const isIndex = (key: string): boolean => {
  const number = Number(key);
  return Number.isInteger(number) && number >= 0 && number < 2 ** 32 - 1 && String(number) === key;
};

// Bits of V8's `PropertyFilter`.
const ONLY_ENUMERABLE = 2;
const SKIP_SYMBOLS = 16;

function ownNonIndexProperties(target: object, filter: number): PropertyKey[] {
  return Reflect.ownKeys(target).filter((key) => {
    if (typeof key === 'string' ? isIndex(key) : (filter & SKIP_SYMBOLS) !== 0) return false;
    return (filter & ONLY_ENUMERABLE) === 0 || Object.prototype.propertyIsEnumerable.call(target, key);
  });
}

/** Entries of a collection or of what is left of its iterator, flat; and whether they are pairs. */
function previewEntries(realm: Realm, target: object, isIterator: boolean | undefined): unknown {
  if (target instanceof Map) return isIterator === true ? [[...target].flat(), true] : [...target].flat();
  if (target instanceof Set) return isIterator === true ? [[...target], false] : [...target];
  const left = realm.rare.entriesLeft(target) ?? [[UNKNOWN_ITEMS], false];
  return isIterator === true ? left : left[0];
}

/** Shown by inspect() in place of what JavaScript cannot see. */
const unseen = (words: string): object => ({ [Symbol.for('nodejs.util.inspect.custom')]: () => words });
const UNKNOWN_ITEMS = unseen('<items unknown>');
const UNKNOWN_STATE = unseen('<state unknown>');
const FULFILLED = 1;

function constructorName(target: object): string {
  const noted = notedClass(target);
  if (noted !== undefined) return noted;
  for (
    let object: object | null = target;
    object !== null;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    const found = Object.getOwnPropertyDescriptor(object, 'constructor')?.value as unknown;
    if (typeof found === 'function' && found.name !== '') return found.name;
  }
  return 'Object';
}

function defineLazyProperties(
  realm: Realm,
  target: object,
  id: string,
  keys: readonly string[],
  enumerable = true,
): void {
  for (const key of keys) {
    const get = function lazy(this: unknown): unknown {
      const value = realm.requireBuiltin(id)[key];
      Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
      return value;
    };
    const set = (value: unknown): void => {
      Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
    };
    Object.defineProperty(get, 'name', { value: key });
    Object.defineProperty(target, key, { get, set, enumerable, configurable: true });
  }
}

/** KEY=value lines with quotes, comments and `export`, as a .env file has them. */
function parseEnv(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  const line =
    /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|[^#\r\n]*)/gm;
  for (const [, key = '', raw = ''] of text.matchAll(line)) {
    const value = raw.trim();
    const quote = value[0];
    if (quote === '"') out[key] = value.slice(1, -1).replaceAll('\\n', '\n');
    else out[key] = quote === "'" || quote === '`' ? value.slice(1, -1) : value;
  }
  return out;
}

/** The stack as the engine writes it, whatever a program has set to write it anew; this function's frame too. */
function stackOf(frames: number): string {
  const settings = Error as { prepareStackTrace?: unknown; stackTraceLimit: number };
  const { prepareStackTrace, stackTraceLimit } = settings;
  try {
    settings.prepareStackTrace = undefined;
    settings.stackTraceLimit = frames;
    return new Error('').stack ?? '';
  } finally {
    settings.prepareStackTrace = prepareStackTrace;
    settings.stackTraceLimit = stackTraceLimit;
  }
}

/** The CommonJS modules of the program by their paths. */
const cacheOf = (realm: Realm): object =>
  (realm.createRequire('/') as { cache?: object } | undefined)?.cache ?? {};

export const util = (realm: Realm): Binding => {
  const { privateSymbols, constants } = realm.library.data('util');
  const names = privateSymbols as readonly string[];
  return {
    constants,
    privateSymbols: Object.fromEntries(names.map((name) => [name, perThreadSymbol(name)])),
    shouldAbortOnUncaughtToggle: new Uint32Array(1),
    getOwnNonIndexProperties: ownNonIndexProperties,
    getPromiseDetails: (promise: object) =>
      promiseState(promise) ?? jobPromiseState(promise) ?? [FULFILLED, UNKNOWN_STATE],
    getProxyDetails: (value: unknown, isWhole = true) => {
      const found = proxyDetailsOf(value);
      return found === undefined || isWhole ? found?.slice() : found[0];
    },
    previewEntries: (target: object, isIterator?: boolean) => previewEntries(realm, target, isIterator),
    getConstructorName: constructorName,
    getExternalValue: () => 0n,
    getCallSites: (count: number) => {
      const frames = framesOf(stackOf(count + 3)).slice(3, count + 3);
      return callSitesOf(
        frames.map((frame) => inSource(realm, frame)),
        cacheOf(realm),
      );
    },
    getCallerLocation: () => {
      const frame = programFrame(new Error('').stack ?? '');
      return frame && [frame.lineNumber, frame.column, frame.scriptName];
    },
    isInsideNodeModules: (frames = 10) => {
      const first = framesOf(stackOf(frames + 2))
        .slice(2)
        .find((frame) => !frame.scriptName.startsWith('node:'));
      return first !== undefined && /[\\/]node_modules[\\/]/.test(first.scriptName);
    },
    defineLazyProperties: (target: object, id: string, keys: readonly string[], enumerable?: boolean) =>
      defineLazyProperties(realm, target, id, keys, enumerable),
    guessHandleType: (fd: number) => typeOfDescriptor(realm, fd),
    toUSVString: (text: string) => String(text).toWellFormed(),
    sleep: (ms: number) => realm.process.sleep(ms * 1e6),
    parseEnv,
    arrayBufferViewHasBuffer: () => true,
    constructSharedArrayBuffer: (size: number) => new SharedMemory(size),
    markPromiseAsHandled: (promise: Promise<unknown>) => void promise.catch(() => undefined),
    WeakReference: class WeakReference {
      readonly #target: object;
      constructor(target: object) {
        this.#target = target;
      }
      get(): object {
        return this.#target;
      }
      incRef(): void {}
      decRef(): void {}
    },
  };
};
