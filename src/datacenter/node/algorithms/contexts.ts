// The global object of a context of node:vm: an object of its own whose properties are first of all those of the object
// that a program contextified, as Node's interceptors have it. No part of the engine: build/ bundles it as a module of the
// library (node/bundles.ts), so that a page fetches it when a program makes a context. Imported by type only.

type Names = Record<string | symbol, unknown>;

const CONSTANTS = { undefined: undefined, NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY };

/** Of V8's own console, which speaks to an inspector only: there is none. */
const CONSOLE =
  'debug error info log warn dir dirxml table trace group groupCollapsed groupEnd clear count countReset assert profile profileEnd time timeLog timeEnd timeStamp context createTask';

const hidden = (value: unknown): PropertyDescriptor => ({ value, writable: true, configurable: true });

/** `sandbox` is what was contextified; null where the context's globals are its own. */
export function globalOf(sandbox: object | null, builtins: Readonly<Names>): object {
  const bare = Object.create(Object.create(Object.prototype)) as Names;
  const prototype = Object.getPrototypeOf(bare) as object;
  Object.defineProperty(prototype, 'constructor', hidden(Object));
  for (const [name, value] of Object.entries(builtins)) Object.defineProperty(bare, name, hidden(value));
  for (const [name, value] of Object.entries(CONSTANTS)) Object.defineProperty(bare, name, { value });
  const silent = Object.fromEntries(CONSOLE.split(' ').map((name) => [name, () => undefined]));
  Object.defineProperty(bare, 'console', hidden(silent));
  const global = sandbox === null ? bare : intercepted(sandbox as Names, bare);
  Object.defineProperty(bare, 'globalThis', hidden(global));
  return global;
}

const isReadOnly = (found: PropertyDescriptor | undefined): boolean =>
  found !== undefined && found.writable === false && found.get === undefined && found.set === undefined;

const isAccessor = (found: PropertyDescriptor | undefined): boolean =>
  found?.get !== undefined || found?.set !== undefined;

/** The property wherever it is on the way up the prototypes. */
function lookUp(object: object, name: string | symbol): PropertyDescriptor | undefined {
  for (let at: object | null = object; at !== null; at = Reflect.getPrototypeOf(at)) {
    const found = Reflect.getOwnPropertyDescriptor(at, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function intercepted(sandbox: Names, bare: Names): object {
  const mirrors = new Set<string | symbol>();
  // What a proxy tells of a property that cannot be changed, its target must have too.
  const mirrored = (found: PropertyDescriptor, name: string | symbol): PropertyDescriptor => {
    if (found.configurable !== false) return found;
    if (!Object.hasOwn(bare, name)) mirrors.add(name);
    Reflect.defineProperty(bare, name, found);
    return found;
  };
  const global: object = new Proxy(bare, {
    has: (_target, name) => name in sandbox || name in bare,
    get: (_target, name) => {
      if (Object.hasOwn(CONSTANTS, name) || !(name in sandbox)) return bare[name];
      const value = sandbox[name];
      return value === sandbox ? global : value;
    },
    set: (_target, name, value) => {
      const found = lookUp(sandbox, name);
      const own = Reflect.getOwnPropertyDescriptor(bare, name);
      if (isReadOnly(found) || isReadOnly(own)) return false;
      if (typeof name === 'symbol' && found === undefined && own === undefined)
        return Reflect.set(bare, name, value);
      const isSet = Reflect.set(sandbox, name, value);
      // As in Node, the global object itself keeps the value too.
      if (isSet && !isAccessor(found)) Reflect.set(bare, name, value);
      return isSet;
    },
    deleteProperty: (_target, name) =>
      Reflect.deleteProperty(sandbox, name) && Reflect.deleteProperty(bare, name),
    getOwnPropertyDescriptor: (_target, name) => {
      const found = Reflect.getOwnPropertyDescriptor(sandbox, name);
      return found === undefined ? Reflect.getOwnPropertyDescriptor(bare, name) : mirrored(found, name);
    },
    defineProperty: (_target, name, asked) => {
      const own = Reflect.getOwnPropertyDescriptor(bare, name);
      const isFixed = isReadOnly(own) && own?.configurable === false;
      if (
        (isFixed || Reflect.defineProperty(sandbox, name, asked)) &&
        Reflect.defineProperty(bare, name, asked)
      ) {
        if (!isFixed) mirrors.delete(name);
        return true;
      }
      // Words of Object.defineProperty(); of Reflect.defineProperty() it would have been false.
      throw new TypeError(`Cannot redefine property: ${String(name)}`);
    },
    ownKeys: () => [
      ...new Set([
        ...Reflect.ownKeys(bare).filter((name) => !mirrors.has(name)),
        ...Reflect.ownKeys(sandbox),
      ]),
    ],
  });
  return global;
}
