// Modules of Node's library that other modules ask for by the way, and that need more than a machine has yet.
// Each says what is true (this process is no cluster worker) and refuses the rest by name. Called by realm.ts.

import {
  isMarkedAsUntransferable,
  markAsUntransferable,
  markTransferMode,
} from './bindings/message-marks.ts';
import { loaderStandIns } from './loader-stand-ins.ts';
import { headWithCode } from './primordials.ts';
import type { Callable, LibraryExports, Realm } from './realm.ts';
import { refuseCall } from './refused.ts';
import { programFrame, sourceBefore, sourceLine } from './stack.ts';

/** What is called, and the parenthesis; not the require() that may stand before an assertion. */
const CALL =
  /(?<![\p{ID_Continue}$.])(?!require\()[\p{ID_Continue}$]+(?:\??\.[\p{ID_Continue}$]+|\[[^\]]*\])*\(/gu;

/** The call of an assertion as its line has it: what `assert(x)` says when it has no words of its own. */
function assertionOf(realm: Realm, error: { stack?: unknown }): string | undefined {
  const frame = programFrame(String(error.stack));
  const line = frame === undefined ? undefined : sourceLine(realm.machine.disk, frame);
  if (frame === undefined || line === undefined) return undefined;
  const before = [...(sourceBefore(realm, frame) ?? '').matchAll(CALL)];
  const calls = [...line.matchAll(CALL)];
  const start = (calls[before.length] ?? calls[0])?.index;
  if (start === undefined) return undefined;
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    if (line[at] === '(') depth++;
    if (line[at] === ')' && --depth === 0) return line.slice(start, at + 1);
  }
  return line.slice(start);
}

/** Functions of a module that is loaded at the first call of one: most programs make none. */
function atFirstCall(id: string, names: readonly string[]): (realm: Realm) => LibraryExports {
  return (realm) => {
    let loaded: LibraryExports | null = null;
    const standIn = (name: string): Callable =>
      function (this: unknown, ...parameters) {
        loaded ??= realm.loadBuiltin(id);
        return (loaded[name] as Callable).apply(this, parameters);
      };
    return Object.fromEntries(names.map((name) => [name, standIn(name)]));
  };
}

export const standIns: Readonly<Record<string, (realm: Realm) => LibraryExports>> = {
  ...loaderStandIns,
  // What net asks of cluster. A worker needs the real one; a primary that uses cluster loads it by itself.
  cluster: (realm) =>
    'NODE_UNIQUE_ID' in realm.options.environment
      ? realm.requireBuiltin('internal/cluster/child')
      : { isPrimary: true, isMaster: true, isWorker: false },
  // Tables of old alphabets, which a decoder of UTF-8 or UTF-16 never looks at.
  'internal/encoding/single-byte': atFirstCall('internal/encoding/single-byte', [
    'isSinglebyteEncoding',
    'createSinglebyteDecoder',
    'getEncoding',
  ]),
  'internal/errors/error_source': (realm) => ({
    getErrorSourceExpression: (error: { stack?: unknown }) => assertionOf(realm, error),
  }),
};

type ErrorClass = (new (...parameters: unknown[]) => object) & { HideStackFramesError?: ErrorClass };

/** The class, with the code in the first line of its errors' stacks. */
function headed(made: ErrorClass): ErrorClass {
  const same: ErrorClass = new Proxy(made, {
    construct: (target, parameters, newTarget) => {
      const error = Reflect.construct(target, parameters, newTarget === same ? target : newTarget) as object;
      headWithCode(error as Record<string, unknown>);
      return error;
    },
  });
  return same;
}

/** Has buffers that are made of a length counted as the process's memory. */
function countBuffers(exports: LibraryExports, realm: Realm): void {
  const { memory } = realm.process;
  const Plain = exports['FastBuffer'] as Uint8ArrayConstructor;
  const Counted = function FastBuffer(source: number | ArrayBuffer, offset?: number, length?: number) {
    if (typeof source !== 'number') return new Plain(source, offset, length);
    const buffer = new Plain(source);
    memory.hold(source);
    return buffer;
  };
  Counted.prototype = Plain.prototype;
  exports['FastBuffer'] = Object.setPrototypeOf(Counted, Uint8Array);
}

/** What is changed in a module of the library once it is loaded. */
export const amendments: Readonly<Record<string, (exports: LibraryExports, realm: Realm) => void>> = {
  'internal/buffer': (exports, realm) => {
    countBuffers(exports, realm);
    Object.assign(exports, { markAsUntransferable, isMarkedAsUntransferable });
  },
  'internal/error_serdes': (exports, realm) => realm.rare.errorSerdes(exports, realm),
  // Node's bootstrap does it before any program runs.
  'internal/async_hooks': (exports, realm) =>
    (realm.internalBinding('async_wrap')['setupHooks'] as (hooks: unknown) => void)(exports['nativeHooks']),
  // Marks objects for Node's native side with a private symbol, which would be a plain one here.
  'internal/worker/js_transferable': (exports) => {
    exports['markTransferMode'] = markTransferMode;
  },
  // Marks contexts with a private symbol too.
  'internal/vm': (exports, realm) => {
    exports['isContext'] = (object: object) => realm.scripts.isContext(object);
  },
  vm: (exports, realm) => {
    if (!realm.options.flags.some((flag) => /^--experimental[-_]vm[-_]modules$/.test(flag))) return;
    const { Module, SourceTextModule, SyntheticModule } = realm.requireBuiltin('internal/vm/module');
    Object.assign(exports, { Module, SourceTextModule, SyntheticModule });
  },
  v8: (exports, realm) => {
    if (realm.jobs !== null) return;
    const names = Object.keys(exports['promiseHooks'] as object);
    exports['promiseHooks'] = Object.fromEntries(names.map((name) => [name, refuseCall('v8.promiseHooks')]));
  },
  'internal/url': (exports) => (exports['installObjectURLMethods'] as () => void)(),
  // Warnings are printed through it, also where the program itself has not looked at it.
  'internal/console/global': (exports, realm) =>
    (
      realm.requireBuiltin('internal/console/constructor') as {
        initializeGlobalConsole: (console: LibraryExports) => void;
      }
    ).initializeGlobalConsole(exports),
  'internal/dns/utils': (exports) => (exports['initializeDns'] as () => void)(),
  'internal/errors': (exports) => {
    const codes = exports['codes'] as Record<string, ErrorClass>;
    for (const [code, made] of Object.entries(codes)) {
      if (made.HideStackFramesError !== undefined)
        made.HideStackFramesError = headed(made.HideStackFramesError);
      codes[code] = headed(made);
    }
  },
};
