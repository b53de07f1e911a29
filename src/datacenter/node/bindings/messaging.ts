// structuredClone, DOMException and message channels as far as the library's boot needs them.
// MessageChannel between threads is refused until worker_threads come.
import type { Binding, Realm } from '../realm.ts';
import { perThreadSymbol } from './plain.ts';

export const messaging = (realm: Realm): Binding => {
  const exports: Record<string, unknown> = {};
  const { privateSymbols } = realm.internalBinding('util');
  realm.library.function('internal/per_context/domexception')(
    exports,
    realm.primordials,
    privateSymbols,
    realm.internalBinding('symbols'),
  );
  // A private symbol in Node, which no program can see: assignments of it to exceptions are let go.
  Object.defineProperty(
    (exports['DOMException'] as { prototype: object }).prototype,
    perThreadSymbol('transfer_mode_private_symbol'),
    {
      set: () => undefined,
    },
  );
  const clone = globalThis.structuredClone;
  return {
    DOMException: exports['DOMException'],
    // The environment is a proxy here, which hosts do not clone.
    structuredClone: (value: unknown, options?: StructuredSerializeOptions) =>
      clone(value === realm.processObject['env'] ? Object.assign({}, value) : value, options),
    setDeserializerCreateObjectFunction: () => undefined,
    exposeLazyDOMExceptionProperty: (target: object) =>
      void Object.defineProperty(target, 'DOMException', {
        value: exports['DOMException'],
        writable: true,
        configurable: true,
      }),
    stopMessagePort: () => undefined,
    checkMessagePort: () => false,
    drainMessagePort: () => undefined,
    MessageChannel: class MessageChannel {},
    MessagePort: class MessagePort {},
    JSTransferable: class JSTransferable {},
    broadcastChannel: () => undefined,
  };
};
