// Gives errors the `stack` that Node's library and programs know from V8, where the host is another engine: first the
// error's name and message, which Firefox and WebKit leave out, then `    at f (file:line:column)`. Does nothing in V8.
// WebKit does not say where evaluated code lies: there the places are missing. Called by primordials.ts and realm.ts.

type Constructor = new (...parameters: unknown[]) => Error;

const NAMES = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SuppressedError',
  'SyntaxError',
  'TypeError',
  'URIError',
];
/** Firefox keeps the stack in an accessor that all errors inherit. */
let inheritedStack: ((this: object) => unknown) | undefined;
const FRAME = /^(.*?)@(.*)$/;

/** The stack as V8 would show it; as it is where it has another form already. */
function asV8(error: object, stack: unknown): unknown {
  if (typeof stack !== 'string') return stack;
  const lines = stack.split('\n').filter((line) => line !== '');
  const frames = lines.map((line) => FRAME.exec(line));
  if (!frames.every((frame) => frame !== null)) return stack;
  const shown = frames.map(([, name = '', place = '']) => {
    const at = place === '' ? '<anonymous>' : place;
    return name === '' ? `\n    at ${at}` : `\n    at ${name} (${at})`;
  });
  return `${headOf(error)}${shown.join('')}`;
}

function headOf(error: object): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** Gives the error a stack of its own, when it is first read, as V8 does: Node's library looks for one there. */
export function completeStack(error: object): void {
  const own = Object.getOwnPropertyDescriptor(error, 'stack');
  const raw = own === undefined ? inheritedStack?.call(error) : own.value;
  if (own?.configurable === false || typeof raw !== 'string') return;
  const settle = (value: unknown): void =>
    void Object.defineProperty(error, 'stack', {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  Object.defineProperty(error, 'stack', {
    configurable: true,
    enumerable: false,
    get: () => {
      const value = asV8(error, raw);
      settle(value);
      return value;
    },
    set: settle,
  });
}

/**
 * After captureStackTrace the first lines say what the error is now. Some engines leave there what it was when it was
 * made, and Node's library makes errors before it gives them their message.
 */
export function refreshHead(error: object): void {
  const { stack } = error as { stack?: unknown };
  if (!(error instanceof Error) || typeof stack !== 'string') return;
  const head = headOf(error);
  if (stack.startsWith(head)) return;
  const frames = stack.search(/\n\s+at /);
  error.stack = `${head}${frames < 0 ? '' : stack.slice(frames)}`;
}

export function completeStacks(): void {
  if (String(new Error('x').stack).startsWith('Error: x')) return;
  const { captureStackTrace } = Error;
  if (typeof captureStackTrace === 'function') {
    Error.captureStackTrace = (target: object, above?: (...parameters: never[]) => unknown) => {
      captureStackTrace(target, above);
      completeStack(target);
    };
  }
  const inherited = Object.getOwnPropertyDescriptor(Error.prototype, 'stack');
  const { get } = inherited ?? {};
  if (inherited !== undefined && get !== undefined) {
    Object.defineProperty(Error.prototype, 'stack', {
      ...inherited,
      get(this: object): unknown {
        return asV8(this, get.call(this));
      },
    });
    inheritedStack = get;
  }
  for (const name of NAMES) wrap(name);
}

/** Completes the stack of every error that the constructor makes. */
function wrap(name: string): void {
  const scope = globalThis as unknown as Record<string, Constructor | undefined>;
  const Host = scope[name];
  if (Host === undefined) return;
  const completed = <T>(error: T): T => {
    completeStack(error as object);
    return error;
  };
  const Ours = new Proxy(Host, {
    construct: (target, parameters: unknown[], newTarget): object =>
      completed(Reflect.construct(target, parameters, newTarget) as object),
    apply: (target, self, parameters: unknown[]): unknown =>
      completed(Reflect.apply(target as unknown as () => object, self, parameters)),
  });
  Object.defineProperty(scope, name, { value: Ours, writable: true, configurable: true });
  Object.defineProperty(Host.prototype, 'constructor', { value: Ours, writable: true, configurable: true });
}
