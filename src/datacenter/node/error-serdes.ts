// Errors on their way from a thread to the one that started it: what can be cloned goes as it is, errors keep class,
// message, stack and properties, all else goes as inspect() shows it. Stands for Node's internal/error_serdes, which
// needs V8's serializer. Called by stand-ins.ts.
import type { LibraryExports, Realm } from './realm.ts';

const CLASSES: readonly ErrorConstructor[] = [
  TypeError,
  RangeError,
  ReferenceError,
  SyntaxError,
  EvalError,
  URIError,
  Error,
] as ErrorConstructor[];

interface Serialized {
  readonly kind: 'error' | 'value' | 'text';
  readonly of: string;
  readonly value: unknown;
}

export function errorSerdes(exports: LibraryExports, realm: Realm): void {
  const inspect = (value: unknown): string =>
    (realm.requireBuiltin('internal/util/inspect')['inspect'] as (value: unknown) => string)(value);
  const serialize = (error: unknown): Serialized => {
    if (error instanceof Error) {
      const members: Record<string, unknown> = {
        stack: String(error.stack),
        message: error.message,
        name: error.name,
      };
      for (const [key, value] of Object.entries(error)) members[key] = cloneable(value) ?? inspect(value);
      if (error.cause !== undefined) members['cause'] = serialize(error.cause);
      const of = CLASSES.find((each) => error instanceof each)?.name ?? 'Error';
      return { kind: 'error', of, value: members };
    }
    const value = cloneable(error);
    return value === undefined && error !== undefined
      ? { kind: 'text', of: '', value: inspect(error) }
      : { kind: 'value', of: '', value };
  };
  const deserialize = (given: unknown): unknown => {
    const { kind, of, value } = given as Serialized;
    if (kind === 'value') return value;
    if (kind === 'text')
      return Object.defineProperty({}, Symbol.for('nodejs.util.inspect.custom'), { value: () => value });
    const made = new (CLASSES.find((each) => each.name === of) ?? Error)();
    for (const [key, each] of Object.entries(value as object)) {
      const isHidden =
        key === 'stack' || key === 'message' || key === 'cause' || (key === 'name' && each === of);
      if (key === 'name' && each === of) continue;
      Object.defineProperty(made, key, {
        value: key === 'cause' ? deserialize(each) : each,
        writable: true,
        configurable: true,
        enumerable: !isHidden,
      });
    }
    return made;
  };
  exports['serializeError'] = serialize;
  exports['deserializeError'] = deserialize;
}

function cloneable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}
