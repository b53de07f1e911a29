// Module namespaces: what `import * as` and import() give. Within the engine an object of getters, fast and live;
// programs get a view of it that behaves as JavaScript says (sorted, sealed). Called by modules.ts.

export type Namespace = Record<string | symbol, unknown>;

export const STAR = Symbol('export *');

export function makeNamespace(): Namespace {
  const namespace = Object.create(null) as Namespace;
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  return namespace;
}

/** Which imports a module exports whole. */
export const starsOf = (getters: Namespace): readonly number[] =>
  (getters[STAR] as readonly number[] | undefined) ?? [];

/** Exports of an ES module: `getters` holds a function for each name. */
export function defineExports(namespace: Namespace, getters: Namespace): void {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(namespace, name, {
      get: get as () => unknown,
      enumerable: true,
      configurable: true,
    });
  }
}

/** `export *`: everything but default, and never over an own export. */
export function copyExports(from: Namespace, into: Namespace): void {
  for (const name of Object.keys(from)) {
    if (name === 'default' || name in into) continue;
    Object.defineProperty(into, name, { get: () => from[name], enumerable: true, configurable: true });
  }
}

/** Exports of a CommonJS or built-in module: its own properties, and the whole as default. */
export function copyOwn(exports: unknown, namespace: Namespace): void {
  const found = new Map<string, PropertyDescriptor>([['default', { value: exports }]]);
  if (exports !== null && (typeof exports === 'object' || typeof exports === 'function')) {
    for (const name of Object.keys(exports)) {
      const { get, value } = Object.getOwnPropertyDescriptor(exports, name) ?? {};
      // What the library makes on first use stays unmade until then.
      if (name !== 'default')
        found.set(name, get === undefined ? { value, writable: true } : { get: () => get.call(exports) });
    }
  }
  for (const name of [...found.keys()].sort())
    Object.defineProperty(namespace, name, { ...found.get(name), enumerable: true, configurable: true });
}

/** The only export of a JSON file. */
export function defineDefault(value: unknown, namespace: Namespace): void {
  Object.defineProperty(namespace, 'default', {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

const views = new WeakMap<Namespace, Namespace>();

/** The namespace as a program sees it. */
export function viewOf(namespace: Namespace): Namespace {
  let view = views.get(namespace);
  if (view === undefined) {
    view = new Proxy(namespace, SEALED);
    views.set(namespace, view);
  }
  return view;
}

const SEALED: ProxyHandler<Namespace> = {
  set: () => false,
  defineProperty: () => false,
  deleteProperty: (target, name) => !(name in target),
  preventExtensions: () => false,
  setPrototypeOf: (_target, prototype) => prototype === null,
  isExtensible: () => true,
  ownKeys: (target) => {
    const names = Object.keys(target).sort();
    return [...names, Symbol.toStringTag];
  },
  getOwnPropertyDescriptor: (target, name) => {
    const found = Object.getOwnPropertyDescriptor(target, name);
    if (found === undefined || typeof name === 'symbol') return found;
    return { value: target[name], writable: true, enumerable: true, configurable: true };
  },
};
