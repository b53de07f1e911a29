// util.types: what kind of object a value really is, asked with brand checks that no program can fool.
// isExternal is always false, for there are none. Proxies are known where a program made them.
import { SharedMemory } from '../../base/shared-memory.ts';
import { isJobPromise } from '../job-slots.ts';
import type { Binding, Realm } from '../realm.ts';
import { proxyDetailsOf } from './proxies.ts';

type Test = (value: unknown) => boolean;

/** True when a brand check passes: `probe` throws for objects of another kind. */
function passes(probe: (value: never) => unknown): Test {
  return (value) => {
    if (value === null || typeof value !== 'object') return false;
    try {
      probe(value as never);
      return true;
    } catch {
      return false;
    }
  };
}

const getter = (owner: object, name: PropertyKey): ((this: unknown) => unknown) => {
  const found = Object.getOwnPropertyDescriptor(owner, name)?.get;
  return (
    found ??
    (() => {
      throw new TypeError('no such getter');
    })
  );
};

const toStringTag = Object.prototype.toString;
const tagOf = (value: unknown): string => toStringTag.call(value).slice(8, -1);
const GeneratorFunction = Object.getPrototypeOf(function* () {}) as object;
const AsyncGeneratorFunction = Object.getPrototypeOf(async function* () {}) as object;
const AsyncFunction = Object.getPrototypeOf(async () => undefined) as object;
const GeneratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as object;
const MapIteratorPrototype = Object.getPrototypeOf(new Map().entries()) as { next: () => unknown };
const SetIteratorPrototype = Object.getPrototypeOf(new Set().values()) as { next: () => unknown };

/** An async function that the engine drives as a generator (../../loader/job-code.ts). */
const DRIVEN =
  /^[^\n{=]*\)\s*(?:=>\s*)?(?:\{(?:const __job\w+ = [^;]*; )*return )?[\w$.]*jobs\.(run|generate)\(function\* \(/;
const drivenAs = (value: unknown): string | undefined =>
  typeof value === 'function' ? DRIVEN.exec(Function.prototype.toString.call(value))?.[1] : undefined;

const inherits = (value: unknown, prototype: object): boolean =>
  value !== null &&
  (typeof value === 'object' || typeof value === 'function') &&
  Object.prototype.isPrototypeOf.call(prototype, value);

const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
const sharedLength = getter(SharedMemory.prototype, 'byteLength');
const noKey = {};

const isDate = passes((value) => Date.prototype.getTime.call(value));
const isRegExp = passes((value) => {
  if (value === RegExp.prototype) throw new TypeError('the prototype is no regular expression');
  return getter(RegExp.prototype, 'hasIndices').call(value);
});
const isMap = passes((value) => mapSize.call(value));
const isSet = passes((value) => setSize.call(value));
const isWeakMap = passes((value) => WeakMap.prototype.has.call(value, noKey));
const isWeakSet = passes((value) => WeakSet.prototype.has.call(value, noKey));
const isArrayBuffer = passes((value) => bufferLength.call(value));
const isSharedArrayBuffer = passes((value) => sharedLength.call(value));
const isNumberObject = passes((value) => Number.prototype.valueOf.call(value));
const isStringObject = passes((value) => String.prototype.valueOf.call(value));
const isBooleanObject = passes((value) => Boolean.prototype.valueOf.call(value));
const isSymbolObject = passes((value) => Symbol.prototype.valueOf.call(value));
const isBigIntObject = passes((value) => BigInt.prototype.valueOf.call(value));
const isErrorNative = (Error as unknown as { isError?: Test }).isError;

const isNativeError: Test = (value) =>
  isErrorNative === undefined ? value instanceof Error : isErrorNative.call(Error, value);

/** Promises have no brand getter: only their own `then` tells, and it makes a promise, so look at the tag first. */
const isPromise: Test = (value) =>
  isJobPromise(value) || (value instanceof Promise && tagOf(value) === 'Promise');

export const types = ({ jobs }: Realm): Binding => ({
  isExternal: () => false,
  isProxy: (value: unknown) => proxyDetailsOf(value) !== undefined,
  isDate,
  isRegExp,
  isMap,
  isSet,
  isWeakMap,
  isWeakSet,
  isArrayBuffer,
  isSharedArrayBuffer,
  isAnyArrayBuffer: (value: unknown) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isNumberObject,
  isStringObject,
  isBooleanObject,
  isSymbolObject,
  isBigIntObject,
  isBoxedPrimitive: (value: unknown) =>
    [isNumberObject, isStringObject, isBooleanObject, isSymbolObject, isBigIntObject].some((test) =>
      test(value),
    ),
  isNativeError,
  isPromise,
  isArgumentsObject: (value: unknown) =>
    tagOf(value) === 'Arguments' && !(Symbol.toStringTag in Object(value)),
  isAsyncFunction: (value: unknown) =>
    typeof value === 'function' &&
    (inherits(value, AsyncFunction) ||
      inherits(value, AsyncGeneratorFunction) ||
      (jobs !== null && drivenAs(value) !== undefined)),
  isGeneratorFunction: (value: unknown) =>
    typeof value === 'function' &&
    (inherits(value, GeneratorFunction) ||
      inherits(value, AsyncGeneratorFunction) ||
      (jobs !== null && drivenAs(value) === 'generate')),
  isGeneratorObject: (value: unknown) => inherits(value, GeneratorPrototype),
  isMapIterator: (value: unknown) => inherits(value, MapIteratorPrototype),
  isSetIterator: (value: unknown) => inherits(value, SetIteratorPrototype),
  isModuleNamespaceObject: (value: unknown) =>
    value !== null &&
    typeof value === 'object' &&
    Object.getPrototypeOf(value) === null &&
    tagOf(value) === 'Module',
});
