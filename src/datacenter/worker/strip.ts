// Takes from a thread everything that is not JavaScript itself: network, storage, timers, clock, messages.
// Guest code runs on the same global object, so shadowing names would not do: they are deleted, along the
// whole prototype chain. Called once by browser-guest.ts, and by Node's own thread, before any guest code runs.
import { Random } from '../base/random.ts';
import { stillDate } from '../datacenter.ts';

/** What stays: the language, and nothing of the platform. */
const KEPT = new Set([
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'AsyncDisposableStack',
  'Atomics',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'DisposableStack',
  'Error',
  'EvalError',
  'FinalizationRegistry',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Intl',
  'Iterator',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'SuppressedError',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakRef',
  'WeakSet',
  'WebAssembly',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'eval',
  'globalThis',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
  'unescape',
]);

/** `needed`: names that the engine itself looks up later, where it could not keep them in variables of its own. */
export function stripThread(needed: readonly string[] = []): void {
  for (
    let holder: object | null = globalThis;
    holder !== null && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (name === 'constructor' || needed.includes(name) || (holder === globalThis && KEPT.has(name)))
        continue;
      remove(holder, name);
    }
    if (holder !== globalThis)
      Object.defineProperty(holder, 'constructor', { value: undefined, configurable: true });
  }
  const random = new Random(0);
  Object.defineProperty(Math, 'random', {
    value: () => random.fraction(),
    writable: true,
    configurable: true,
  });
  const Still = stillDate();
  Object.defineProperty(globalThis, 'Date', { value: Still, writable: true, configurable: true });
}

function remove(holder: object, name: string): void {
  if (Reflect.deleteProperty(holder, name)) return;
  Reflect.defineProperty(holder, name, { value: undefined });
}
