// structuredClone, DOMException, and message channels, which message-port.ts makes. Called by registry.ts.
// Contexts of vm are refused there, by name.
import { lazily } from '../lazily.ts';
import type { Binding, Realm } from '../realm.ts';
import { MODE_CLONEABLE } from './message-marks.ts';
import { perThreadSymbol } from './plain.ts';

/** What message-port.ts gives, which comes late in a page. */
const PORT_MEMBERS = [
  'MessagePort',
  'MessageChannel',
  'stopMessagePort',
  'checkMessagePort',
  'drainMessagePort',
  'receiveMessageOnPort',
  'moveMessagePortToContext',
  'broadcastChannel',
];

export const messaging = (realm: Realm): Binding => {
  const exports: Record<string, unknown> = {};
  const { privateSymbols } = realm.internalBinding('util');
  realm.library.function('internal/per_context/domexception')(
    exports,
    realm.primordials,
    privateSymbols,
    realm.internalBinding('symbols'),
  );
  // A private symbol in Node, which no program can see: all exceptions can be cloned, and none has it as its own.
  Object.defineProperty(
    (exports['DOMException'] as { prototype: object }).prototype,
    perThreadSymbol('transfer_mode_private_symbol'),
    { get: () => MODE_CLONEABLE, set: () => undefined },
  );
  const binding: Binding = {
    DOMException: exports['DOMException'],
    // The environment is a proxy here, which hosts do not clone.
    structuredClone: (value: unknown, options?: { readonly transfer?: readonly unknown[] }) =>
      realm.rare.cloned(
        realm,
        value === realm.processObject['env'] ? Object.assign({}, value) : value,
        options?.transfer ?? [],
      ),
    setDeserializerCreateObjectFunction: () => undefined,
    exposeLazyDOMExceptionProperty: (target: object) =>
      void Object.defineProperty(target, 'DOMException', {
        value: exports['DOMException'],
        writable: true,
        configurable: true,
      }),
    JSTransferable: class JSTransferable {},
  };
  let members: Record<string, unknown> | null = null;
  for (const name of PORT_MEMBERS)
    lazily(binding, name, () => {
      members ??= realm.rare.portMembers(realm);
      return members[name];
    });
  return binding;
};
